package dev.ferrule.container.spi;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encoders and decoders for types that neither a native shape nor a declared coder covers. Found by
 * {@link java.util.ServiceLoader}; asked last, in no particular order, at deployment for the types that callbacks declare and
 * for {@code Object}, whether the endpoint can have what it asks for, and at run time for objects that are sent.
 *
 * <p>Threading: asked concurrently; the answer must not depend on when it is asked. The coders it returns may be used by
 * several sessions at once, so they hold no state of a message.
 */
public interface CoderProvider extends AutoCloseable {
    /** What a message is on the wire. */
    enum NativeType {
        /** UTF-8 text. */
        TEXT,
        /** Bytes. */
        BINARY
    }

    /** Beans of the application that a provider may want: an object mapper, a configuration. */
    interface Beans {
        /** No beans: no dependency-injection container here. */
        Beans NONE = new Beans() {
            @Override
            public <T> Optional<T> find(Class<T> type, @Nullable Class<? extends Annotation> qualifier) {
                return Optional.empty();
            }
        };

        /** The application's one bean of the type, or empty when it has none or several. */
        default <T> Optional<T> find(Class<T> type) {
            return find(type, null);
        }

        /**
         * As {@link #find(Class)}, with a qualifier.
         *
         * @param qualifier the qualifier that the bean must have, whatever its members' values, or null for the default one
         */
        <T> Optional<T> find(Class<T> type, @Nullable Class<? extends Annotation> qualifier);
    }

    /**
     * For whom coders are wanted.
     *
     * @param endpoint the endpoint class, never a proxy's
     * @param beans the application's beans
     */
    record Context(Class<?> endpoint, Beans beans) {}

    /**
     * A decoder for a type with its generic arguments, or null when this provider has none. Its {@code decode} throws
     * {@link jakarta.websocket.DecodeException} and nothing else for bad input.
     *
     * @throws IllegalArgumentException when the endpoint asks for something that is not there; fails the deployment
     */
    @Nullable
    Decoder decoderFor(Type type, NativeType nativeType, Context context);

    /**
     * An encoder for a type with its generic arguments, or null when this provider has none.
     *
     * @throws IllegalArgumentException when the endpoint asks for something that is not there; fails the deployment
     */
    @Nullable
    Encoder encoderFor(Type type, NativeType nativeType, Context context);

    /** Why this provider has no coder for a type, when people might expect that it has: part of the deployment's error. */
    default @Nullable String obstacle(Type type) {
        return null;
    }

    /**
     * Prepares an instance of a declared coder class, before its {@code init}: a provider gives coders of its own library what
     * they need, and leaves all others alone.
     *
     * @param coder an {@code Encoder} or a {@code Decoder}
     */
    default void prepare(Object coder, Context context) {}

    /** Lets go of what the provider made. The container that it served has stopped, and calls this once. Never throws. */
    @Override
    default void close() {}
}
