package dev.ferrule.container.path;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of path segments and queries (RFC 3986 §2.1). */
public final class Paths {
    /** What names and IPv4 addresses are made of nearly always; only other hosts need a parser. */
    private static final String PLAIN_HOST = "0123456789.:-abcdefghijklmnopqrstuvwxyz";

    /** What stands in a path beside letters and digits (RFC 3986 §3.3). */
    private static final String PLAIN = "/-._~!$&'()*+,;=:@";

    /** As {@link #PLAIN}, for queries: by the letter of RFC 3986 without brackets, but everybody takes them. */
    private static final String IN_QUERIES = "?[]";

    private Paths() {}

    /** Whether a {@code Host} field is host and port, or host alone, as RFC 3986 §3.2 writes them. */
    public static boolean isAuthority(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (PLAIN_HOST.indexOf(host.charAt(i)) < 0) {
                return isRareAuthority(host);
            }
        }
        return true;
    }

    private static boolean isRareAuthority(String host) {
        try {
            return host.equals(new URI("ws://" + host + "/").getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * A request target as {@link java.net.URI} takes it: browsers send {@code |}, braces and lone percent signs as they are.
     *
     * @param target path and query of visible ASCII, without a fragment
     */
    public static String forUri(String target) {
        StringBuilder quoted = null;
        boolean query = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            query |= c == '?';
            boolean plain = Character.isLetterOrDigit(c)
                    || PLAIN.indexOf(c) >= 0
                    || (query && IN_QUERIES.indexOf(c) >= 0)
                    || (c == '%' && isEscape(target, i));
            if (!plain && quoted == null) {
                quoted = new StringBuilder(target.length() + 16).append(target, 0, i);
            }
            if (quoted != null) {
                quoted.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return quoted == null ? target : quoted.toString();
    }

    private static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }

    /** The decoded text, or null when the percent-encoding is broken or is not UTF-8. */
    public static @Nullable String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            char character = text.charAt(i);
            if (character != '%') {
                int end = text.offsetByCodePoints(i, 1);
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                return null;
            }
            bytes.write(high << 4 | low);
            i += 3;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
