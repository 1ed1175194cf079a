package dev.ferrule.cdi.event;

import dev.ferrule.container.spi.HandshakeFacts;

/**
 * A peer asks a server for a connection. Fired after {@code checkOrigin} and the security checks, before anything is negotiated
 * or made. What an observer throws refuses the handshake with 500.
 *
 * <pre>{@code
 * void admit(@Observes @OfEndpoint(Chat.class) Handshaking event) {
 *     if (banned.contains(event.request().getRemoteAddress())) {
 *         event.veto().refuse(403, "Not today");
 *     }
 * }
 * }</pre>
 *
 * @param request what is known of the peer
 * @param veto refuses the handshake
 */
public record Handshaking(HandshakeFacts request, Veto veto) {}
