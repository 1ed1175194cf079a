package dev.ferrule.engine.handshake;

import dev.ferrule.engine.extension.HeaderScanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Header fields as the heads carry them: names compare without case, values keep their order and repetition
 * (RFC 9110 §5.1, §5.3). A plain map stands for them everywhere, because that is what the Jakarta API shows; this class
 * holds the few things that a plain map does not do.
 */
public final class Headers {
    /** Who sends more fields has them in a tree, so that the work stays in proportion to what was sent. */
    private static final int FEW = 64;

    private Headers() {}

    /**
     * An unmodifiable copy whose lookups ignore the case of names.
     *
     * @param headers the fields to copy; two names that differ in case only are merged in iteration order
     */
    public static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
        return headers.size() <= FEW ? Fields.copyOf(headers) : unmodifiable(modifiableCopyOf(headers));
    }

    /** As {@link #copyOf}, of fields as they were read: a name, its value, the next name and so on. */
    static Map<String, List<String>> inTurn(List<String> namesAndValues) {
        if (namesAndValues.size() <= 2 * FEW) {
            return Fields.inTurn(namesAndValues);
        }
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            fields.computeIfAbsent(namesAndValues.get(i), name -> new ArrayList<>())
                    .add(namesAndValues.get(i + 1));
        }
        return unmodifiable(fields);
    }

    private static Map<String, List<String>> unmodifiable(Map<String, List<String>> own) {
        own.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(own);
    }

    /** As {@link #copyOf}, but the map and its lists may be changed by the caller, who owns them. */
    public static Map<String, List<String>> modifiableCopyOf(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) ->
                copy.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values));
        return copy;
    }

    /** The first value of a field, or null when the field is absent. */
    public static @Nullable String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /**
     * Whether the values of a field that is a comma-separated list have an element, which compares without case (RFC 9110 §5.6.1); elements
     * that are no tokens, as {@code h2c/1}, are passed over.
     */
    static boolean contain(List<String> values, String token) {
        for (String value : values) {
            if (value.equalsIgnoreCase(token) || listContains(value, token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listContains(String list, String token) {
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            if (HeaderScanner.trimmed(list.substring(from, to)).equalsIgnoreCase(token)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    /** All values of a field, none when it is absent. */
    static List<String> all(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null ? List.of() : values;
    }
}
