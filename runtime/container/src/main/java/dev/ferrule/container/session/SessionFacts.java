package dev.ferrule.container.session;

import jakarta.websocket.Extension;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    /** Written out: what the JDK makes for a record is a long chain of method handles, dear at every start until it is compiled. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionFacts that
                && secure == that.secure
                && target.equals(that.target)
                && authority.equals(that.authority)
                && subprotocol.equals(that.subprotocol)
                && Objects.equals(requestParameters, that.requestParameters)
                && Objects.equals(pathParameters, that.pathParameters)
                && Objects.equals(extensions, that.extensions)
                && Objects.equals(principal, that.principal);
    }

    @Override
    public int hashCode() {
        return 31 * authority.hashCode() + target.hashCode();
    }

    /** The complete {@code ws} or {@code wss} URI. */
    URI requestUri() {
        return URI.create((secure ? "wss://" : "ws://") + authority + target);
    }
}
