/**
 * Which classes of a deployment matter to WebSocket: found by the container's own discovery, or in an index where that does
 * not look. Must not know beans, instances or the server.
 */
@NullMarked
package dev.ferrule.cdi.discovery;

import org.jspecify.annotations.NullMarked;
