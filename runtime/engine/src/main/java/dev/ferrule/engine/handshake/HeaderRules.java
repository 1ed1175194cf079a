package dev.ferrule.engine.handshake;

import dev.ferrule.engine.extension.HeaderScanner;
import java.util.List;
import java.util.Map;

/**
 * What a header of ours may say, so that no text of an application can end a line, begin another or hide one
 * (RFC 9110 §5.5). Thread-safe.
 */
public final class HeaderRules {
    private HeaderRules() {}

    /**
     * Refuses names that are no tokens and values with control characters or anything that is not ASCII.
     *
     * @throws IllegalArgumentException naming the header and the character; never its value
     */
    public static void requireValid(Map<String, List<String>> headers) {
        headers.forEach((name, values) -> {
            if (!HeaderScanner.isToken(name)) {
                throw new IllegalArgumentException(
                        "The header name " + printable(name) + " is no token of RFC 9110 §5.6.2");
            }
            values.forEach(value -> requireValue(name, value));
        });
    }

    static void requireValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                throw new IllegalArgumentException(String.format(
                        "The header %s has the character U+%04X at %d; visible ASCII, space and tab may stand there",
                        name, (int) c, i));
            }
        }
    }

    /** The text with everything replaced that is not visible ASCII: it goes into a message. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), 64); i++) {
            char c = text.charAt(i);
            safe.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return safe.append('"').toString();
    }
}
