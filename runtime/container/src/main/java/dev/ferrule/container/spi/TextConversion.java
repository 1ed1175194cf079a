package dev.ferrule.container.spi;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From text to a primitive, its wrapper or a string, as the wrappers' string constructors do it (WSC-4.3-4, WSC-4.7-2); a
 * {@code char} wants exactly one.
 */
public final class TextConversion {
    private static final Map<Class<?>, Function<String, Object>> CONVERSIONS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(boolean.class, Boolean::valueOf),
            Map.entry(Boolean.class, Boolean::valueOf),
            Map.entry(char.class, TextConversion::character),
            Map.entry(Character.class, TextConversion::character),
            Map.entry(byte.class, Byte::valueOf),
            Map.entry(Byte.class, Byte::valueOf),
            Map.entry(short.class, Short::valueOf),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(int.class, Integer::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(long.class, Long::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(float.class, Float::valueOf),
            Map.entry(Float.class, Float::valueOf),
            Map.entry(double.class, Double::valueOf),
            Map.entry(Double.class, Double::valueOf));

    private TextConversion() {}

    /** The types that a text converts to. */
    public static Set<Class<?>> types() {
        return CONVERSIONS.keySet();
    }

    /** The conversion to a type, or null when there is none. It throws {@link IllegalArgumentException} for bad text. */
    public static @Nullable Function<String, Object> to(Class<?> type) {
        return CONVERSIONS.get(type);
    }

    /**
     * As {@link #to}, for messages: of a text with more characters a {@code char} takes the first. No document says so; the
     * TCK sends such texts.
     */
    public static @Nullable Function<String, Object> ofMessage(Class<?> type) {
        if (type == char.class || type == Character.class) {
            return text -> character(text.length() > 1 ? text.substring(0, 1) : text);
        }
        return to(type);
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("'" + text + "' is not one character");
        }
        return text.charAt(0);
    }
}
