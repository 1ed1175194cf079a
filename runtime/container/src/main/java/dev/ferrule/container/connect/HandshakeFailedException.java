package dev.ferrule.container.connect;

import jakarta.websocket.DeploymentException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server, or a proxy on the way to it, answered the opening handshake, but no WebSocket connection came of it. */
public final class HandshakeFailedException extends DeploymentException {
    private static final long serialVersionUID = 1L;

    private final URI uri;
    private final int status;

    @SuppressWarnings("serial") // unmodifiable maps and lists of texts: they serialize
    private final Map<String, List<String>> headers;

    private final boolean fromProxy;

    /**
     * A failure.
     *
     * @param uri the URI that was asked last, after redirects
     * @param status the status of the answer
     * @param headers its header fields; an unmodifiable map that is looked up without case
     * @param fromProxy whether a proxy answered, and not the server
     */
    public HandshakeFailedException(
            String message,
            URI uri,
            int status,
            Map<String, List<String>> headers,
            boolean fromProxy,
            @Nullable Throwable cause) {
        super(message, cause);
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.fromProxy = fromProxy;
    }

    /** The URI that was asked last: behind redirects it differs from the one that was given. */
    public URI uri() {
        return uri;
    }

    /** The status of the answer. It may be 101, when the rest of the answer was wrong. */
    public int status() {
        return status;
    }

    /** The header fields of the answer, looked up without case. Unmodifiable. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** Whether a proxy gave the answer: the server was not reached then. */
    public boolean isFromProxy() {
        return fromProxy;
    }
}
