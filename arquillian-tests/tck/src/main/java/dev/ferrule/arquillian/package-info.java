/**
 * An Arquillian container for WARs of WebSocket endpoints, on the embedded server. It scans archives and builds servers
 * through the public API of the container; it knows neither the transport nor anything of servlets.
 */
@NullMarked
package dev.ferrule.arquillian;

import org.jspecify.annotations.NullMarked;
