package dev.ferrule.json;

import dev.ferrule.container.spi.GenericTypes;
import jakarta.json.bind.Jsonb;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of one type from JSON texts. Endpoints need not declare any: parameters that nothing else decodes are made
 * from JSON anyway. A subclass such as {@code class OrderDecoder extends JsonDecoder<Order>} says the type, with its generic
 * arguments. Of several on one endpoint, whose types {@code @JsonbTypeInfo} of a common supertype names, the one that the
 * message names is taken. The nested classes are the same for binary messages and for streams.
 *
 * <p>Whatever a peer sends, the only exception is a {@link DecodeException}: its message names the type and the reason, with
 * the position where one is known; it and what it carries of the peer's message are bounded.
 *
 * <p>Threading: any thread.
 *
 * @param <T> what it decodes
 */
public abstract class JsonDecoder<T> extends JsonCoder<T> implements Decoder.Text<T> {
    private final @Nullable TypeTag tag = TypeTag.of(GenericTypes.raw(type()));

    /** Uses the {@link Jsonb} of the endpoint that declares it. */
    protected JsonDecoder() {}

    JsonDecoder(Type type, Supplier<Jsonb> source) {
        super(type, source);
    }

    /** Whether the message may be of this decoder's type: one that names another subtype of a common supertype is not. */
    @Override
    public boolean willDecode(String text) {
        return tag == null || tag.allows(text);
    }

    @Override
    public T decode(String text) throws DecodeException {
        return read(text, (reason, cause) -> new DecodeException(Excerpts.of(text), reason, cause));
    }

    /**
     * The same for binary messages: JSON in UTF-8.
     *
     * @param <T> what it decodes
     */
    public abstract static class Binary<T> extends JsonCoder<T> implements Decoder.Binary<T> {
        private final @Nullable TypeTag tag = TypeTag.of(GenericTypes.raw(type()));

        /** Uses the {@link Jsonb} of the endpoint that declares it. */
        protected Binary() {}

        Binary(Type type, Supplier<Jsonb> source) {
            super(type, source);
        }

        /** As {@link JsonDecoder#willDecode}. */
        @Override
        public boolean willDecode(ByteBuffer bytes) {
            return tag == null
                    || tag.allows(
                            StandardCharsets.UTF_8.decode(bytes.duplicate()).toString());
        }

        @Override
        public T decode(ByteBuffer bytes) throws DecodeException {
            return readUtf8(this, bytes);
        }
    }

    /**
     * The same for text messages as a stream, which is read to its end before anything is made of it.
     *
     * @param <T> what it decodes
     */
    public abstract static class TextStream<T> extends JsonCoder<T> implements Decoder.TextStream<T> {
        /** Uses the {@link Jsonb} of the endpoint that declares it. */
        protected TextStream() {}

        @Override
        public T decode(Reader reader) throws DecodeException, IOException {
            StringWriter whole = new StringWriter();
            reader.transferTo(whole);
            String text = whole.toString();
            return read(text, (reason, cause) -> new DecodeException(Excerpts.of(text), reason, cause));
        }
    }

    /**
     * The same for binary messages as a stream, which is read to its end before anything is made of it.
     *
     * @param <T> what it decodes
     */
    public abstract static class BinaryStream<T> extends JsonCoder<T> implements Decoder.BinaryStream<T> {
        /** Uses the {@link Jsonb} of the endpoint that declares it. */
        protected BinaryStream() {}

        @Override
        public T decode(InputStream stream) throws DecodeException, IOException {
            return readUtf8(this, ByteBuffer.wrap(stream.readAllBytes()));
        }
    }

    private static <T> T readUtf8(JsonCoder<T> coder, ByteBuffer bytes) throws DecodeException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException broken) {
            throw new DecodeException(
                    Excerpts.of(bytes),
                    "The message is no JSON for " + coder.type().getTypeName() + ": it is no UTF-8",
                    broken);
        }
        return coder.read(text, (reason, cause) -> new DecodeException(Excerpts.of(bytes), reason, cause));
    }
}
