package dev.ferrule.container.server;

import dev.ferrule.engine.handshake.RequestHead;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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
    private static final Pattern PORT = Pattern.compile("[0-9]{0,5}");

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
        Origin from = Origin.of(origin);
        Origin to = host == null || from == null ? null : Origin.of(from.scheme + "://" + host);
        return from != null && from.equals(to) && (!secure || from.scheme.equals("https"));
    }

    /** Scheme and host in lower case; a host may be what {@link URI} takes for none, such as one with an underscore. */
    private record Origin(String scheme, String host, int port) {
        static @Nullable Origin of(String text) {
            URI uri;
            try {
                uri = new URI(text);
            } catch (URISyntaxException notAnOrigin) {
                return null;
            }
            String scheme = uri.getScheme();
            String authority = uri.getRawAuthority();
            boolean whole = scheme != null && authority != null && authority.indexOf('@') < 0;
            boolean more = uri.getRawQuery() != null || uri.getRawFragment() != null;
            if (!whole || more || !uri.getRawPath().isEmpty()) {
                return null;
            }
            int colon = authority.lastIndexOf(':');
            boolean ported = colon > authority.lastIndexOf(']');
            String port = ported ? authority.substring(colon + 1) : "";
            if (!PORT.matcher(port).matches()) {
                return null;
            }
            String lower = scheme.toLowerCase(Locale.ROOT);
            return new Origin(
                    lower,
                    (ported ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT),
                    port.isEmpty() ? lower.equals("https") ? HTTPS_PORT : HTTP_PORT : Integer.parseInt(port));
        }
    }
}
