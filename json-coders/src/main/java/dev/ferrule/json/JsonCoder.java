package dev.ferrule.json;

import dev.ferrule.container.spi.GenericTypes;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.websocket.DecodeException;
import jakarta.websocket.EncodeException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What encoders and decoders share: one type, and the {@link Jsonb} of the endpoint that they serve.
 *
 * <p>Public, and without final methods, because a coder may be a bean with a client proxy; extended by the coders of this package
 * only.
 *
 * @param <T> the type; a subclass that says it keeps its generic arguments
 */
public abstract class JsonCoder<T> {
    private final Type type;
    private volatile Supplier<Jsonb> source;
    private volatile @Nullable Jsonb jsonb;
    private volatile @Nullable Class<?> lastWritten;

    /** For coders that an endpoint declares. Outside of a container they use JSON-B's defaults. */
    JsonCoder() {
        Type declared = GenericTypes.argument(getClass(), JsonCoder.class);
        this.type = declared == null ? Object.class : declared;
        this.source = JsonbBuilder::create;
    }

    JsonCoder(Type type, Supplier<Jsonb> source) {
        this.type = type;
        this.source = source;
    }

    /** From now on another {@link Jsonb} is used, which is asked for when a message needs it. */
    protected void use(Supplier<Jsonb> other) {
        source = other;
        jsonb = null;
    }

    Type type() {
        return type;
    }

    private Jsonb jsonb() {
        Jsonb known = jsonb;
        if (known == null) {
            known = source.get();
            jsonb = known;
        }
        return known;
    }

    /**
     * Reads a text that a peer sent. Whatever it is, the only exception is the refusal.
     *
     * @param refusal makes an exception of a reason and its cause that carries the message, or as much of it as is safe to keep
     */
    @SuppressWarnings("unchecked")
    T read(String text, BiFunction<String, @Nullable Throwable, DecodeException> refusal) throws DecodeException {
        String problem = JsonText.problemOf(text);
        Throwable cause = null;
        if (problem == null) {
            try {
                Object made = jsonb().fromJson(text, type);
                if (GenericTypes.raw(type).isInstance(made)) {
                    return (T) made;
                }
                problem = made == null ? "null is no message" : "the value is of another kind";
            } catch (RuntimeException | StackOverflowError failure) {
                // JSON-B promises JsonbException, but parsers, creators and adapters throw others.
                problem = Excerpts.reason(failure);
                cause = Excerpts.isShort(failure) ? failure : null;
            }
        }
        throw refusal.apply("The message is no JSON for " + type.getTypeName() + ": " + problem, cause);
    }

    /**
     * Writes an object. A type with generic arguments is passed on to JSON-B where it describes the object; otherwise the
     * object's own class decides, so that a callback may declare a supertype.
     */
    void write(Object object, Writer out) throws EncodeException {
        Class<?> actual = object.getClass();
        if (actual != lastWritten) {
            String obstacle = DataTypes.whyNotEncoded(actual);
            if (obstacle != null) {
                throw new EncodeException(object, obstacle);
            }
            lastWritten = actual;
        }
        try {
            if (describes(actual)) {
                jsonb().toJson(object, type, out);
            } else {
                jsonb().toJson(object, out);
            }
        } catch (RuntimeException | StackOverflowError failure) {
            // The stack overflows in objects that refer to each other in a long chain or a circle.
            throw new EncodeException(
                    object,
                    "No JSON can be made of a " + actual.getTypeName() + ": " + Excerpts.reason(failure),
                    failure);
        }
    }

    /** As {@link #write}, in UTF-8. */
    void writeUtf8(Object object, OutputStream stream) throws EncodeException {
        try (Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8)) {
            write(object, out);
        } catch (IOException failure) {
            throw new EncodeException(object, "The JSON could not be written: " + failure.getMessage(), failure);
        }
    }

    private boolean describes(Class<?> actual) {
        if (!(type instanceof ParameterizedType generic)) {
            return false;
        }
        Class<?> raw = (Class<?>) generic.getRawType();
        return raw == actual
                || raw == Optional.class
                || Collection.class.isAssignableFrom(raw)
                || Map.class.isAssignableFrom(raw);
    }
}
