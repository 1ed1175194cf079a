/**
 * The smallest server, for interoperability and measuring: an echo, with CDI or without. Knows nothing of transports but that
 * one is on the class path.
 */
@NullMarked
package dev.ferrule.samples.echo;

import org.jspecify.annotations.NullMarked;
