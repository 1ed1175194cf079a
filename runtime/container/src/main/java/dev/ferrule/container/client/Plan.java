package dev.ferrule.container.client;

import dev.ferrule.container.session.FerruleContainer;
import dev.ferrule.container.session.Wanted;
import java.net.URI;

/**
 * What the application asked for; the same for the first connection and for each that replaces it.
 *
 * @param container the container it asked
 * @param wanted the endpoint
 * @param uri where to connect
 * @param loader the class loader to set around application code
 */
record Plan(FerruleContainer container, Wanted wanted, URI uri, ClassLoader loader) {}
