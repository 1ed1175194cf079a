package dev.ferrule.container.spi;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encoders and decoders for types that neither a native shape nor a declared coder covers. Found by
 * {@link java.util.ServiceLoader}; asked last, in no particular order, at deployment for the types that callbacks declare and
 * at run time for objects that are sent.
 *
 * <p>Threading: asked concurrently; the answer must not depend on who asks. The coders it returns may be used by several
 * sessions at once, so they hold no state of a message.
 */
public interface CoderProvider {
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
            public <T> Optional<T> find(Class<T> type) {
                return Optional.empty();
            }
        };

        /** The application's one bean of the type, or empty when it has none or several. */
        <T> Optional<T> find(Class<T> type);
    }

    /**
     * A decoder for a type with its generic arguments, or null when this provider has none. Its {@code decode} throws
     * {@link jakarta.websocket.DecodeException} and nothing else for bad input.
     */
    @Nullable
    Decoder decoderFor(Type type, NativeType nativeType, Beans beans);

    /** An encoder for a type with its generic arguments, or null when this provider has none. */
    @Nullable
    Encoder encoderFor(Type type, NativeType nativeType, Beans beans);
}
