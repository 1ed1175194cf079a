package dev.ferrule.testkit;

import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.container.spi.CoderProvider.Beans;
import dev.ferrule.container.spi.CoderProvider.Context;
import dev.ferrule.container.spi.CoderProvider.NativeType;
import dev.ferrule.container.spi.GenericTypes;
import dev.ferrule.testkit.Received.Binary;
import dev.ferrule.testkit.Received.Text;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Messages as Java objects: by the decoders of the client's configuration, then by those of installed {@link CoderProvider}s.
 */
final class MessageDecoding {
    private final List<Decoder> declared = new ArrayList<>();
    private final List<CoderProvider> installed = new ArrayList<>();
    private final Context context;

    /** @param beans what installed providers may use: those of the application, where the test can reach them */
    MessageDecoding(ClientEndpointConfig config, Beans beans) {
        context = new Context(TestClient.class, beans);
        ServiceLoader.load(CoderProvider.class).forEach(installed::add);
        for (Class<? extends Decoder> type : config.getDecoders()) {
            try {
                Constructor<? extends Decoder> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                Decoder decoder = constructor.newInstance();
                decoder.init(config);
                declared.add(decoder);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalArgumentException(
                        "The decoder " + type.getName() + " cannot be made: " + impossible, impossible);
            }
        }
    }

    /**
     * Decodes a message.
     *
     * @throws DecodeException when nobody can, or the message is not what it should be
     */
    Object decode(Received message, Class<?> type) throws DecodeException {
        NativeType nativeType = message instanceof Text ? NativeType.TEXT : NativeType.BINARY;
        for (Decoder decoder : candidates(type, nativeType)) {
            try {
                Object decoded = message instanceof Text text
                        ? decode(decoder, text.text())
                        : message instanceof Binary binary
                                ? decode(decoder, binary.bytes().duplicate())
                                : null;
                if (decoded != null) {
                    return decoded;
                }
            } catch (IOException unreadable) {
                throw new DecodeException(message.describe(), String.valueOf(unreadable.getMessage()), unreadable);
            }
        }
        throw new DecodeException(message.describe(), "there is no decoder for it");
    }

    private List<Decoder> candidates(Class<?> type, NativeType nativeType) {
        List<Decoder> candidates = new ArrayList<>();
        for (Decoder decoder : declared) {
            for (Class<?> kind : List.of(
                    Decoder.Text.class, Decoder.TextStream.class, Decoder.Binary.class, Decoder.BinaryStream.class)) {
                Type target = kind.isInstance(decoder) ? GenericTypes.argument(decoder.getClass(), kind) : null;
                if (target != null && type.isAssignableFrom(GenericTypes.raw(target))) {
                    candidates.add(decoder);
                }
            }
        }
        for (CoderProvider provider : installed) {
            Decoder decoder = provider.decoderFor(type, nativeType, context);
            if (decoder != null) {
                candidates.add(decoder);
            }
        }
        return candidates;
    }

    /** Destroys the declared decoders, and lets go of what the installed providers made. */
    void close() {
        declared.forEach(Decoder::destroy);
        declared.clear();
        installed.forEach(CoderProvider::close);
        installed.clear();
    }

    /** Null when the decoder is for something else. */
    private static @Nullable Object decode(Decoder decoder, String text) throws DecodeException, IOException {
        if (decoder instanceof Decoder.Text<?> whole) {
            return whole.willDecode(text) ? whole.decode(text) : null;
        }
        return decoder instanceof Decoder.TextStream<?> stream ? stream.decode(new StringReader(text)) : null;
    }

    private static @Nullable Object decode(Decoder decoder, ByteBuffer bytes) throws DecodeException, IOException {
        if (decoder instanceof Decoder.Binary<?> whole) {
            return whole.willDecode(bytes.duplicate()) ? whole.decode(bytes) : null;
        }
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return decoder instanceof Decoder.BinaryStream<?> stream
                ? stream.decode(new ByteArrayInputStream(content))
                : null;
    }
}
