package dev.ferrule.container.spi;

/**
 * Who decides about handshakes beside configurators. Asked once for each request of a peer, after {@code checkOrigin} and before
 * anything is negotiated or made, inside the contexts of the connection.
 *
 * <p>Threading: called concurrently, on callback threads; may block.
 */
@FunctionalInterface
public interface HandshakeGuard {
    /**
     * Decides. Guards that come later see the caller whom an earlier one admits. What it throws is answered with 500.
     *
     * @param handshake a server's; its request is there
     */
    HandshakeVerdict judge(OpeningHandshake handshake);
}
