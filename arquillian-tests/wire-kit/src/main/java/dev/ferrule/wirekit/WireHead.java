package dev.ferrule.wirekit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP message as it came over the wire, hardly interpreted.
 *
 * @param startLine the request line or the status line
 * @param headers the values of each field in order, looked up without case
 */
public record WireHead(String startLine, Map<String, List<String>> headers) {
    /** Reads the lines of a head; what is no field is kept under its own text with no value. */
    static WireHead of(List<String> lines) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            List<String> values = headers.computeIfAbsent(name, key -> new ArrayList<>());
            if (colon >= 0) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return new WireHead(lines.get(0), headers);
    }

    /** The status of a response's head, or -1 when the start line has none. */
    public int status() {
        String[] parts = startLine.split(" ", 3);
        boolean response =
                parts.length >= 2 && parts[0].toUpperCase(Locale.ROOT).startsWith("HTTP/");
        return response && parts[1].matches("[0-9]{3}") ? Integer.parseInt(parts[1]) : -1;
    }

    /** The first value of a field, or null when it is absent. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
