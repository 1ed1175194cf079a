package dev.ferrule.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects and arrays that are open while a text is read, and the names in them: finds names that occur twice in one
 * object. Few names are compared in place, which costs no memory; many, and those with escapes, go into a set.
 */
final class OpenNames {
    /** What is compared with each other: more is what most objects never have. */
    private static final int FEW = 16;

    private final String text;

    /** For each level: whether it is an object, where the level around it begins, and start and end of each name. */
    private int[] stack = new int[32];

    private int top;
    private int base;
    private int depth;

    /** The names of objects with many, by the object's base. */
    private @Nullable Map<Integer, Set<String>> many;

    OpenNames(String text) {
        this.text = text;
    }

    int depth() {
        return depth;
    }

    void open(boolean object) {
        push(object ? 1 : 0, base);
        base = top;
        depth++;
    }

    /** Whether what was opened last is of this kind; it is closed then. */
    boolean close(boolean object) {
        if (depth == 0 || (stack[base - 2] == 1) != object) {
            return false;
        }
        if (many != null) {
            many.remove(base);
        }
        top = base - 2;
        base = stack[top + 1];
        depth--;
        return true;
    }

    /** Adds a name to the innermost object; false when it is there already. What stands in no object is no name. */
    boolean add(int start, int end, boolean escaped) {
        if (depth == 0 || stack[base - 2] == 0) {
            return true;
        }
        Set<String> set = many == null ? null : many.get(base);
        if (set == null && (escaped || top - base >= 2 * FEW)) {
            set = manyNow();
        }
        if (set != null) {
            return set.add(escaped ? unescaped(start, end) : text.substring(start, end));
        }
        for (int i = base; i < top; i += 2) {
            if (stack[i + 1] - stack[i] == end - start && text.regionMatches(stack[i], text, start, end - start)) {
                return false;
            }
        }
        push(start, end);
        return true;
    }

    private Set<String> manyNow() {
        Set<String> set = new HashSet<>();
        for (int i = base; i < top; i += 2) {
            set.add(text.substring(stack[i], stack[i + 1]));
        }
        many = Objects.requireNonNullElseGet(many, HashMap::new);
        many.put(base, set);
        return set;
    }

    private void push(int first, int second) {
        if (top + 2 > stack.length) {
            stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        stack[top++] = first;
        stack[top++] = second;
    }

    /** What the parser will make of it; a broken escape is left to the parser, which refuses it. */
    String unescaped(int start, int end) {
        StringBuilder plain = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = text.charAt(++i);
                int kind = "bfnrt".indexOf(c);
                if (kind >= 0) {
                    c = "\b\f\n\r\t".charAt(kind);
                } else if (c == 'u' && i + 4 < end) {
                    c = (char) hex(i + 1);
                    i += 4;
                }
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private int hex(int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value << 4 | Character.digit(text.charAt(i), 16) & 0xF;
        }
        return value;
    }
}
