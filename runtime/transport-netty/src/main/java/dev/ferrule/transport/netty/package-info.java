/**
 * Carries bytes between sockets and the container, and HTTP/1.1 heads before that. Sees neither frames nor sessions; of the
 * engine it knows the two heads only.
 */
@NullMarked
package dev.ferrule.transport.netty;

import org.jspecify.annotations.NullMarked;
