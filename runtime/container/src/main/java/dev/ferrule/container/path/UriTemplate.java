package dev.ferrule.container.path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An endpoint's path: a plain path or a level-1 URI template whose variables are whole segments, such as
 * {@code /chat/{room}} (WSC-4.1.1-3). Immutable. A trailing slash counts: {@code /a/} and {@code /a} are two paths, as the
 * specification's example has it (§3.1.1).
 */
public final class UriTemplate {
    private final String text;
    private final List<Segment> segments;

    private UriTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
    }

    /** A segment: a literal (percent-decoded) or a variable's name. */
    record Segment(boolean variable, String value) {}

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it is not a path that an endpoint can have; the message says why
     */
    public static UriTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw wrong(text, "it must start with a slash");
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw wrong(text, "a query or a fragment is no part of a path");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] parts = text.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() && i < parts.length - 1) {
                throw wrong(text, "it has an empty segment");
            }
            segments.add(segment(text, parts[i], names));
        }
        return new UriTemplate(text, segments);
    }

    private static Segment segment(String text, String part, Set<String> names) {
        if (part.equals(".") || part.equals("..")) {
            throw wrong(text, "the segment '" + part + "' is relative");
        }
        boolean opens = part.startsWith("{");
        if (opens && part.endsWith("}") && part.length() > 2) {
            String name = part.substring(1, part.length() - 1);
            if (!isName(name)) {
                throw wrong(
                        text, "the variable '{" + name + "}' is not a plain name of letters, digits, '_', '.' and '-'");
            }
            if (!names.add(name)) {
                throw wrong(text, "the variable {" + name + "} occurs twice");
            }
            return new Segment(true, name);
        }
        if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
            throw wrong(text, "in '" + part + "' the variable is not a whole segment of the form {name}");
        }
        String literal = Paths.decode(part);
        if (literal == null) {
            throw wrong(text, "the segment '" + part + "' has a broken percent-encoding");
        }
        return new Segment(false, literal);
    }

    private static boolean isName(String name) {
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("The path '" + text + "' cannot be an endpoint's: " + why);
    }

    List<Segment> segments() {
        return segments;
    }

    /** The names of the variables. */
    public Set<String> variables() {
        Set<String> names = new HashSet<>();
        for (Segment segment : segments) {
            if (segment.variable()) {
                names.add(segment.value());
            }
        }
        return names;
    }

    /** The template as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
