/** The client: from an endpoint and a URI to an open session. Knows transports by their SPI only. */
@NullMarked
package dev.ferrule.container.client;

import org.jspecify.annotations.NullMarked;
