package dev.ferrule.json;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a supertype's {@code @JsonbTypeInfo} calls a type, so that decoders of several subtypes can share a socket.
 *
 * @param key the property that names the type
 * @param alias the type's name
 * @param provider reads the messages
 */
record TypeTag(String key, String alias, JsonProvider provider) {
    /** The tag of a class, or null when nothing names it. */
    static @Nullable TypeTag of(Class<?> type) {
        return supertypes(type)
                .filter(parent -> parent.isAnnotationPresent(JsonbTypeInfo.class))
                .map(parent -> of(type, parent.getAnnotation(JsonbTypeInfo.class)))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable TypeTag of(Class<?> type, JsonbTypeInfo info) {
        for (JsonbSubtype subtype : info.value()) {
            if (subtype.type() == type) {
                return new TypeTag(info.key(), subtype.alias(), JsonProvider.provider());
            }
        }
        return null;
    }

    private static Stream<Class<?>> supertypes(@Nullable Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(type),
                        Stream.concat(Stream.of(type.getInterfaces()), Stream.ofNullable(type.getSuperclass()))
                                .flatMap(TypeTag::supertypes));
    }

    /** Whether a message may be meant for the type: it does not name another one. What is no JSON is left to the decoder. */
    boolean allows(String text) {
        try (JsonParser parser = provider.createParser(new StringReader(text))) {
            int depth = 0;
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case KEY_NAME -> {
                        if (depth == 1 && parser.getString().equals(key)) {
                            return parser.next() != JsonParser.Event.VALUE_STRING
                                    || parser.getString().equals(alias);
                        }
                    }
                    default -> {}
                }
            }
            return true;
        } catch (RuntimeException noJson) {
            return true;
        }
    }
}
