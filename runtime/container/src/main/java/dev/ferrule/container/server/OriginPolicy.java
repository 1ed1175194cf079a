package dev.ferrule.container.server;

import dev.ferrule.container.settings.Origin;
import dev.ferrule.engine.handshake.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which origins may connect: against cross-site hijacking (RFC 6455 §10.2). Without a list it is the host and port that the
 * request itself names; a request without an origin does not come from a browser's page.
 *
 * @param allowed origins such as {@code https://example.org}, {@code *} for any; empty for the request's own host
 */
record OriginPolicy(List<String> allowed) {
    /**
     * Decides.
     *
     * @param origin the value of the {@code Origin} header, or null without one
     * @param request the head with the {@code Host} field
     * @param secure whether TLS ends here, so that the scheme is known
     */
    boolean allows(@Nullable String origin, RequestHead request, boolean secure) {
        if (origin == null || origin.isEmpty() || allowed.contains("*")) {
            return true;
        }
        Origin from = Origin.orNull(origin);
        if (!allowed.isEmpty()) {
            return allowed.contains(from == null ? origin : from.toString());
        }
        String host = request.header("Host");
        return host != null
                && from != null
                && from.equals(Origin.orNull(from.scheme() + "://" + host))
                && (!secure || from.scheme().equals("https"));
    }
}
