package dev.ferrule.engine.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request, as a value: request line and header fields, no body (RFC 9112 §2.1).
 *
 * @param method the method, as on the wire: {@code GET}
 * @param target the request target in origin form, still percent-encoded: {@code /chat/room%201?since=5}
 * @param headers the header fields; copied, unmodifiable, looked up without case
 */
public record RequestHead(String method, String target, Map<String, List<String>> headers) {
    public RequestHead {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        headers = Headers.copyOf(headers);
    }

    /**
     * A head as it was read.
     *
     * @param fields the header fields in turn: a name, its value, the next name and so on
     */
    public RequestHead(String method, String target, List<String> fields) {
        this(method, target, Headers.inTurn(fields));
    }

    /** The first value of a header field, or null when it is absent. */
    public @Nullable String header(String name) {
        return Headers.first(headers, name);
    }

    /** All values of each of these fields, in the order of the names, none for a field that is absent; the list is the caller's. */
    public List<List<String>> values(List<String> names) {
        List<List<String>> values = new ArrayList<>(names.size());
        for (String name : names) {
            values.add(Headers.all(headers, name));
        }
        return values;
    }

    /** Whether a header field that is a comma-separated list has an element, which compares without case (RFC 9110 §5.6.1). */
    public boolean lists(String name, String token) {
        return Headers.contain(Headers.all(headers, name), token);
    }

    /** The path of the target, still percent-encoded, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The query of the target, still percent-encoded, without its question mark, or null when there is none. */
    public @Nullable String query() {
        int query = target.indexOf('?');
        return query < 0 ? null : target.substring(query + 1);
    }
}
