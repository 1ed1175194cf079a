package dev.ferrule.container.server;

import dev.ferrule.engine.handshake.RequestHead;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which origins may connect: against cross-site hijacking (RFC 6455 §10.2). Without a list it is the host and port that the
 * request itself names; a request without an origin does not come from a browser's page.
 *
 * @param allowed origins such as {@code https://example.org}, {@code *} for any; empty for the request's own host
 */
record OriginPolicy(List<String> allowed) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

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
        if (!allowed.isEmpty()) {
            return allowed.stream().anyMatch(origin::equalsIgnoreCase);
        }
        String host = request.header("Host");
        URI from = parse(origin);
        URI to = host == null || from == null ? null : parse(from.getScheme() + "://" + host);
        return from != null
                && to != null
                && (!secure || from.getScheme().equalsIgnoreCase("https"))
                && from.getHost().equalsIgnoreCase(to.getHost())
                && port(from) == port(to);
    }

    private static @Nullable URI parse(String origin) {
        try {
            URI uri = new URI(origin);
            boolean whole = uri.getScheme() != null && uri.getHost() != null && uri.getUserInfo() == null;
            boolean more = uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || !uri.getRawPath().isEmpty();
            return whole && !more ? uri : null;
        } catch (URISyntaxException notAnOrigin) {
            return null;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
}
