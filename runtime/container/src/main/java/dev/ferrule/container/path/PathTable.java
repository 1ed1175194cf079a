package dev.ferrule.container.path;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint for a request's path (WSC-3.1.1-1 to 4): only templates with as many segments as the path compete; from
 * left to right a literal segment beats a variable one, and what was beaten never comes back. A variable matches one segment
 * that is not empty. Cost is linear in the path, whatever the number of endpoints.
 *
 * <p>Threading: not synchronized; the owner publishes it safely and does not change it afterwards.
 *
 * @param <E> what is found
 */
public final class PathTable<E> {
    private final Map<Integer, Node<E>> roots = new HashMap<>();

    /** What paths without variables find, by the path as nearly everybody writes it: nothing beats a literal segment. */
    private final Map<String, Match<E>> literals = new HashMap<>();

    private static final class Node<E> {
        final Map<String, Node<E>> literals = new HashMap<>();

        @Nullable
        Node<E> variable;

        @Nullable
        UriTemplate template;

        @Nullable
        E value;
    }

    /**
     * What a path found.
     *
     * @param value the endpoint
     * @param parameters the values of the template's variables, percent-decoded, in the template's order; unmodifiable
     */
    public record Match<E>(E value, Map<String, String> parameters) {}

    /**
     * Adds an endpoint.
     *
     * @return the template that already stands for the same paths, or null when there was none and the endpoint was added
     */
    public @Nullable UriTemplate add(UriTemplate template, E value) {
        Node<E> node = roots.computeIfAbsent(template.segments().size(), size -> new Node<>());
        for (UriTemplate.Segment segment : template.segments()) {
            if (segment.variable()) {
                if (node.variable == null) {
                    node.variable = new Node<>();
                }
                node = node.variable;
            } else {
                node = node.literals.computeIfAbsent(segment.value(), literal -> new Node<>());
            }
        }
        if (node.template != null) {
            return node.template;
        }
        node.template = template;
        node.value = value;
        if (template.segments().stream().noneMatch(UriTemplate.Segment::variable)) {
            literals.put(template.toString(), new Match<>(value, Map.of()));
        }
        return null;
    }

    /**
     * Finds the endpoint for a path.
     *
     * @param path the path of a request, still percent-encoded, below the context path
     */
    public @Nullable Match<E> find(String path) {
        Match<E> literal = literals.get(path);
        return literal == null ? search(path) : literal;
    }

    private @Nullable Match<E> search(String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        String[] segments = path.substring(1).split("/", -1);
        Node<E> node = roots.get(segments.length);
        String[] decoded = new String[segments.length];
        for (int i = 0; node != null && i < segments.length; i++) {
            String segment = Paths.decode(segments[i]);
            if (segment == null) {
                return null;
            }
            decoded[i] = segment;
            Node<E> literal = node.literals.get(segment);
            node = literal != null || segment.isEmpty() ? literal : node.variable;
        }
        if (node == null || node.template == null || node.value == null) {
            return null;
        }
        return new Match<>(node.value, parameters(node.template, decoded));
    }

    private static Map<String, String> parameters(UriTemplate template, String[] segments) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.length; i++) {
            UriTemplate.Segment segment = template.segments().get(i);
            if (segment.variable()) {
                parameters.put(segment.value(), segments[i]);
            }
        }
        return parameters.isEmpty() ? Map.of() : Collections.unmodifiableMap(parameters);
    }
}
