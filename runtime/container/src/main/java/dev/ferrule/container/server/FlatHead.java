package dev.ferrule.container.server;

import dev.ferrule.engine.handshake.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request head as one text, which takes a fraction of the memory: method, target, and name and value of each field, each with
 * a line feed behind it, which no head can have within.
 */
final class FlatHead {
    private static final char END = '\n';

    /** What nearly every request has is named by one control character each, from this one on: no name can have one within. */
    private static final char FIRST = END + 1;

    private static final List<String> NAMES = List.of(
            "Host",
            "Upgrade",
            "Connection",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Extensions",
            "Sec-WebSocket-Protocol",
            "Origin",
            "User-Agent",
            "Accept-Encoding",
            "Accept-Language",
            "Cache-Control",
            "Pragma",
            "Cookie",
            "Authorization",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-Forwarded-Host");

    private FlatHead() {}

    /**
     * The text, or null for a head that none stands for: no transport should let line feeds pass, nor fields without value, nor
     * names that are control characters.
     */
    static @Nullable String of(RequestHead head) {
        StringBuilder text = new StringBuilder(512);
        boolean possible = append(text, head.method()) && append(text, head.target());
        for (Map.Entry<String, List<String>> field : head.headers().entrySet()) {
            possible = possible && !field.getValue().isEmpty();
            for (String value : field.getValue()) {
                possible = possible && appendName(text, field.getKey()) && append(text, value);
            }
        }
        return possible ? text.toString() : null;
    }

    private static boolean appendName(StringBuilder text, String name) {
        int known = NAMES.indexOf(name);
        return append(text, known < 0 ? name : String.valueOf((char) (FIRST + known))) && known(name) == null;
    }

    /** The name that a part stands for, or null when it is the name itself. */
    private static @Nullable String known(String part) {
        int known = part.length() == 1 ? part.charAt(0) - FIRST : -1;
        return known >= 0 && known < NAMES.size() ? NAMES.get(known) : null;
    }

    private static String nameOf(String part) {
        String known = known(part);
        return known == null ? part : known;
    }

    private static boolean append(StringBuilder text, String part) {
        text.append(part).append(END);
        return part.indexOf(END) < 0;
    }

    /** The head again. */
    static RequestHead read(String flat) {
        Reader parts = new Reader(flat);
        String method = parts.next();
        String target = parts.next();
        List<String> fields = new ArrayList<>();
        while (parts.hasNext()) {
            fields.add(parts.name());
            fields.add(parts.next());
        }
        return new RequestHead(method, target, fields);
    }

    /** The first value of a field, looked up without case, or null when it is absent. */
    static @Nullable String header(String flat, String name) {
        Reader parts = new Reader(flat);
        parts.skip();
        parts.skip();
        while (parts.hasNext()) {
            if (parts.skipName(name)) {
                return parts.next();
            }
            parts.skip();
        }
        return null;
    }

    private static final class Reader {
        private final String flat;
        private int at;

        Reader(String flat) {
            this.flat = flat;
        }

        boolean hasNext() {
            return at < flat.length();
        }

        String next() {
            int from = at;
            return flat.substring(from, from + skip());
        }

        String name() {
            return nameOf(next());
        }

        /** Passes a name over; returns whether it is the given one. */
        boolean skipName(String name) {
            int from = at;
            int length = skip();
            return length == 1
                    ? name.equalsIgnoreCase(nameOf(flat.substring(from, from + 1)))
                    : length == name.length() && flat.regionMatches(true, from, name, 0, length);
        }

        /** Passes a part over; returns its length. */
        int skip() {
            int from = at;
            int end = flat.indexOf(END, from);
            at = end + 1;
            return end - from;
        }
    }
}
