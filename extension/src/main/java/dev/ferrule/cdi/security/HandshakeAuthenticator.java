package dev.ferrule.cdi.security;

import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.HandshakeVerdict;

/**
 * A bean that knows who a peer is, by its request. {@link BasicAuthenticator} and {@link BearerAuthenticator} are to start from.
 *
 * <p>Where there are several they are asked one after the other, alternatives first, then by the names of their classes, until one
 * knows the caller or refuses. A peer of whom none knows anything is anonymous, and connects where no role is required.
 *
 * <p>Threading: called concurrently, on callback threads; may block. Called in the contexts of the connection and of the request
 * in which its configurator is called.
 */
public interface HandshakeAuthenticator {
    /**
     * Who sends the request: a caller, nobody when it holds no credentials of the kind that this bean knows, or a refusal when they
     * are wrong.
     */
    HandshakeVerdict authenticate(HandshakeFacts request);

    /**
     * What a peer without credentials is told where they are required (RFC 9110 §11.6.1), such as
     * {@code Basic realm="chat"}.
     */
    String challenge();
}
