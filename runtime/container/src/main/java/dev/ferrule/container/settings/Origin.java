package dev.ferrule.container.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page comes from, or a server is (RFC 6454 §4). A host may have underscores, which {@link java.net.URI} takes for none.
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address in brackets
 * @param port the scheme's when none was said; -1 when the scheme has none that we know
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([A-Za-z0-9._~-]+|\\[[0-9A-Za-z:.%_]+])(?::([0-9]{0,5}))?");

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * Reads an origin such as {@code https://example.org:8443}.
     *
     * @throws IllegalArgumentException when it is none: it has a path, a user or a wildcard, for instance
     */
    public static Origin of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no origin");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String port = parts.group(3);
        return new Origin(
                scheme,
                parts.group(2).toLowerCase(Locale.ROOT),
                port == null || port.isEmpty() ? usualPort(scheme) : Integer.parseInt(port));
    }

    /** As {@link #of}, but null for what is no origin. */
    public static @Nullable Origin orNull(String text) {
        try {
            return of(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> HTTP_PORT;
            case "https", "wss" -> HTTPS_PORT;
            default -> -1;
        };
    }

    /** As browsers send it: without the port that is the scheme's. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port == usualPort(scheme) ? "" : ":" + port);
    }
}
