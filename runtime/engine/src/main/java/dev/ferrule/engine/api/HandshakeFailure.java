package dev.ferrule.engine.api;

/**
 * The server's answer to an opening handshake does not open a WebSocket connection (RFC 6455 §4.1). The message says
 * which header was wrong, what it said and what was expected.
 */
public final class HandshakeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public HandshakeFailure(String message) {
        super(message);
    }
}
