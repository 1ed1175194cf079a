package dev.ferrule.container.coder;

import java.nio.ByteBuffer;
import java.util.Map;

/** The types that need no encoder: texts, bytes, primitives and their wrappers (WSC-4.7-3). */
final class NativeText {
    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            boolean.class, Boolean.class,
            char.class, Character.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    private NativeText() {}

    static Class<?> box(Class<?> type) {
        return BOXES.getOrDefault(type, type);
    }

    static boolean isNative(Class<?> type) {
        return isText(type) || type == byte[].class || ByteBuffer.class.isAssignableFrom(type);
    }

    /** Whether {@code String.valueOf} is the encoding: strings, primitives, wrappers. */
    static boolean isText(Class<?> type) {
        return type == String.class || BOXES.containsValue(box(type));
    }
}
