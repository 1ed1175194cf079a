package dev.ferrule.cdi.security;

import dev.ferrule.container.spi.HandshakeFacts;
import org.jspecify.annotations.Nullable;

/** The header field {@code Authorization} (RFC 9110 §11.6.2). */
final class Authorization {
    private static final String FIELD = "Authorization";

    private Authorization() {}

    /** What follows the scheme, or null when the request has no credentials of that scheme. */
    static @Nullable String of(HandshakeFacts request, String scheme) {
        String value = request.header(FIELD);
        if (value == null
                || value.length() <= scheme.length()
                || value.charAt(scheme.length()) != ' '
                || !value.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return null;
        }
        return value.substring(scheme.length() + 1).trim();
    }

    /**
     * A quoted string.
     *
     * @throws IllegalArgumentException when it cannot be in a header
     */
    static String quoted(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= 0xFF && (c < 0x7F || c > 0x9F))) {
            throw new IllegalArgumentException(
                    "'" + text + "' cannot be in a header: there are spaces and visible characters of ISO 8859-1 only");
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
