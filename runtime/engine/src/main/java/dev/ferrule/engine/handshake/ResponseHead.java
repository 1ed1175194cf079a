package dev.ferrule.engine.handshake;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP response, as a value: status and header fields (RFC 9112 §2.1). The reason phrase is left to the
 * transport: it means nothing to anybody.
 *
 * @param status the status code, 100 to 599
 * @param headers the header fields; copied, unmodifiable, looked up without case
 */
public record ResponseHead(int status, Map<String, List<String>> headers) {
    public ResponseHead {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("The status " + status + " is not one of HTTP's: 100 to 599");
        }
        headers = Headers.copyOf(headers);
    }

    /**
     * A head as it was read.
     *
     * @param fields the header fields in turn: a name, its value, the next name and so on
     */
    public ResponseHead(int status, List<String> fields) {
        this(status, Headers.inTurn(fields));
    }

    /** The first value of a header field, or null when it is absent. */
    public @Nullable String header(String name) {
        return Headers.first(headers, name);
    }
}
