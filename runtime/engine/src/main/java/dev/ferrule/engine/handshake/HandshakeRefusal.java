package dev.ferrule.engine.handshake;

import java.util.List;
import java.util.Map;

/**
 * A request that opens no WebSocket connection (RFC 6455 §4.2.1, §4.2.2): the answer to give it, and a sentence for a
 * person. Has no stack trace: its place is in the request.
 */
public final class HandshakeRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, List<String>> headers;

    HandshakeRefusal(int status, String message, Map<String, List<String>> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = Headers.copyOf(headers);
    }

    /**
     * A refusal.
     *
     * @param status the status of the answer
     * @param message for the answer's body
     */
    public HandshakeRefusal(int status, String message) {
        this(status, message, Map.of());
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** Header fields that the answer needs, such as {@code Sec-WebSocket-Version} with 426. */
    public Map<String, List<String>> headers() {
        return headers;
    }
}
