package dev.ferrule.container.session;

import jakarta.websocket.Extension;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the opening handshake settled about a session, once and for all. Immutable, with everything in it.
 *
 * @param authority the authority of the request's URI
 * @param target path and query of the request's URI, escaped as {@link URI} wants it
 * @param requestParameters the query's parameters, decoded
 * @param pathParameters the values of the path's variables, decoded
 * @param principal who the peer is, or null
 * @param secure whether the bytes go through TLS
 * @param subprotocol the negotiated subprotocol, or the empty string
 * @param extensions the negotiated extensions, in order
 */
public record SessionFacts(
        String authority,
        String target,
        Map<String, List<String>> requestParameters,
        Map<String, String> pathParameters,
        @Nullable Principal principal,
        boolean secure,
        String subprotocol,
        List<Extension> extensions) {
    /** The complete {@code ws} or {@code wss} URI. */
    URI requestUri() {
        return URI.create((secure ? "wss://" : "ws://") + authority + target);
    }
}
