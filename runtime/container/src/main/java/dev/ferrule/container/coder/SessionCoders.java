package dev.ferrule.container.coder;

import dev.ferrule.container.spi.CoderProvider.NativeType;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceHandle;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The encoder and decoder instances of one connection (§4.1.2, §4.1.3): made and initialized before the connection opens,
 * destroyed after it closed, each used by one thread at a time.
 *
 * <p>Threading: decoding happens in the session's serial order; encoding may be asked by any thread and waits for its turn.
 */
public final class SessionCoders {
    private static final Logger LOG = System.getLogger(SessionCoders.class.getName());

    /** How long a sender waits for another sender's encoder; an encoder that takes longer is stuck. */
    private static final long TURN_SECONDS = 30;

    private final CoderCatalog catalog;
    private final List<InstanceHandle<? extends Decoder>> decoders = new ArrayList<>();
    private final List<InstanceHandle<? extends Encoder>> encoders = new ArrayList<>();
    private final List<Runnable> destroy = new ArrayList<>();
    private final Semaphore encodersTurn = new Semaphore(1, true);

    /** About what the last streamed message took. A guess: that threads race for it does no harm. */
    private int usualBytes;

    SessionCoders(CoderCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Makes and initializes the coders of a connection. When one fails, those before it are destroyed and the failure goes on.
     */
    public static SessionCoders create(CoderCatalog catalog, EndpointInstances instances, EndpointConfig config) {
        SessionCoders shared = catalog.shared();
        if (shared != null) {
            return shared;
        }
        SessionCoders coders = new SessionCoders(catalog);
        try {
            for (CoderCatalog.DeclaredDecoder declared : catalog.decoders()) {
                if (declared.index() == coders.decoders.size()) {
                    InstanceHandle<? extends Decoder> handle = instances.obtain(declared.type());
                    coders.decoders.add(handle);
                    catalog.prepare(handle.instance());
                    handle.instance().init(config);
                    coders.destroy.add(() -> handle.instance().destroy());
                }
            }
            for (CoderCatalog.DeclaredEncoder declared : catalog.encoders()) {
                InstanceHandle<? extends Encoder> handle = instances.obtain(declared.type());
                coders.encoders.add(handle);
                catalog.prepare(handle.instance());
                handle.instance().init(config);
                coders.destroy.add(() -> handle.instance().destroy());
            }
            return coders;
        } catch (RuntimeException | Error failure) {
            coders.destroy(problem -> {});
            throw failure;
        }
    }

    /**
     * Destroys and releases every coder.
     *
     * @param failed takes what a {@code destroy} throws; the others are destroyed all the same
     */
    public void destroy(Consumer<Throwable> failed) {
        for (Runnable step : destroy) {
            try {
                step.run();
            } catch (Throwable problem) {
                failed.accept(problem);
            }
        }
        destroy.clear();
        decoders.forEach(InstanceHandle::release);
        encoders.forEach(InstanceHandle::release);
        decoders.clear();
        encoders.clear();
    }

    /** Whether a declared decoder makes the type from that wire form. */
    public boolean declaresDecoder(Type type, NativeType nativeType) {
        return catalog.declaresDecoder(type, nativeType);
    }

    /** The catalog that these coders were made from. */
    public CoderCatalog catalog() {
        return catalog;
    }

    /**
     * Decodes a text message: by the first declared decoder that fits and is willing (WSC-4.1.3-2), else by a provider's.
     *
     * @throws DecodeException when no decoder is willing, or the decoder says so
     */
    public Object decode(String text, Type type) throws DecodeException, IOException {
        for (CoderCatalog.DeclaredDecoder declared : catalog.decodersFor(type, NativeType.TEXT)) {
            Decoder decoder = instanceOf(declared);
            if (decoder instanceof Decoder.Text<?> whole) {
                if (whole.willDecode(text)) {
                    return whole.decode(text);
                }
            } else if (decoder instanceof Decoder.TextStream<?> stream) {
                return stream.decode(new StringReader(text));
            }
        }
        if (catalog.providedDecoder(type, NativeType.TEXT) instanceof Decoder.Text<?> provided) {
            return provided.decode(text);
        }
        throw new DecodeException(
                text, "No decoder is willing to make a " + type.getTypeName() + " of this text message");
    }

    /** As {@link #decode(String, Type)}, for a binary message. */
    public Object decode(ByteBuffer bytes, Type type) throws DecodeException, IOException {
        for (CoderCatalog.DeclaredDecoder declared : catalog.decodersFor(type, NativeType.BINARY)) {
            Decoder decoder = instanceOf(declared);
            if (decoder instanceof Decoder.Binary<?> whole) {
                if (whole.willDecode(bytes.duplicate())) {
                    return whole.decode(bytes.duplicate());
                }
            } else if (decoder instanceof Decoder.BinaryStream<?> stream) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                return stream.decode(new ByteArrayInputStream(copy));
            }
        }
        if (catalog.providedDecoder(type, NativeType.BINARY) instanceof Decoder.Binary<?> provided) {
            return provided.decode(bytes.duplicate());
        }
        throw new DecodeException(
                bytes, "No decoder is willing to make a " + type.getTypeName() + " of this binary message");
    }

    private Decoder instanceOf(CoderCatalog.DeclaredDecoder declared) {
        return decoders.get(declared.index()).instance();
    }

    /**
     * Encodes an object: by the first declared encoder whose type fits (WSC-4.1.2-1), natively, or by a provider's.
     *
     * @param object what to send
     * @param declaredType the generic type that a callback declares for it, or null when only the object is known
     * @throws EncodeException when nothing encodes it, or the encoder says so
     */
    public Encoded encode(Object object, @Nullable Type declaredType) throws EncodeException, IOException {
        int declared = declaredFor(object, declaredType);
        if (declared >= 0) {
            return inTurn(encoders.get(declared).instance(), object);
        }
        Encoded plain = natively(object);
        if (plain != null) {
            return plain;
        }
        Type type = declaredType == null ? object.getClass() : declaredType;
        Encoder provided = catalog.providedEncoder(type);
        if (provided != null) {
            return encodeBy(provided, object);
        }
        throw new EncodeException(
                object, "No encoder for " + object.getClass().getName() + ": " + catalog.remedy(type));
    }

    /** As {@link #encode}, where that runs no code of the application's or of a provider's; null where it does. */
    public @Nullable Encoded encodeNatively(Object object) {
        return declaredFor(object, null) < 0 ? natively(object) : null;
    }

    /** The index of the first declared encoder whose type fits, or -1. */
    private int declaredFor(Object object, @Nullable Type declaredType) {
        List<CoderCatalog.DeclaredEncoder> declared = catalog.encoders();
        for (int i = 0; i < declared.size(); i++) {
            if (declared.get(i).fits(object, declaredType)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Encoded natively(Object object) {
        if (object instanceof ByteBuffer bytes) {
            return Encoded.binary(bytes.duplicate());
        }
        if (object instanceof byte[] bytes) {
            return Encoded.binary(ByteBuffer.wrap(bytes));
        }
        return NativeText.isText(object.getClass()) ? Encoded.text(String.valueOf(object)) : null;
    }

    private Encoded inTurn(Encoder encoder, Object object) throws EncodeException, IOException {
        try {
            if (!encodersTurn.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS)) {
                throw new EncodeException(
                        object, "Another send of this session has kept its encoder busy for " + TURN_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EncodeException(object, "Interrupted while waiting for the session's encoder", interrupted);
        }
        try {
            return encodeBy(encoder, object);
        } finally {
            encodersTurn.release();
        }
    }

    @SuppressWarnings("unchecked")
    private Encoded encodeBy(Encoder encoder, Object object) throws EncodeException, IOException {
        if (encoder instanceof Encoder.Text<?> text) {
            return Encoded.text(present(((Encoder.Text<Object>) text).encode(object), encoder, object));
        }
        if (encoder instanceof Encoder.Binary<?> binary) {
            return Encoded.binary(present(((Encoder.Binary<Object>) binary).encode(object), encoder, object));
        }
        Chunks chunks = new Chunks(usualBytes);
        NativeType type = NativeType.BINARY;
        if (encoder instanceof Encoder.TextStream<?> stream) {
            type = NativeType.TEXT;
            try (Writer writer = chunks.writer()) {
                ((Encoder.TextStream<Object>) stream).encode(object, writer);
            }
        } else {
            ((Encoder.BinaryStream<Object>) encoder).encode(object, chunks);
        }
        List<ByteBuffer> bytes = chunks.bytes();
        usualBytes = bytes.get(0).remaining() + bytes.get(0).remaining() / 8;
        return new Encoded(type, bytes);
    }

    private static <T> T present(@Nullable T encoded, Encoder encoder, Object object) throws EncodeException {
        if (encoded == null) {
            throw new EncodeException(
                    object, "The encoder " + encoder.getClass().getName() + " returned null");
        }
        return encoded;
    }

    /** Logs what a coder's {@code destroy} threw. */
    public static void log(Throwable problem) {
        LOG.log(Level.WARNING, "A coder failed in destroy", problem);
    }
}
