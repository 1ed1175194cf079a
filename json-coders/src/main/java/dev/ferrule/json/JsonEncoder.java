package dev.ferrule.json;

import jakarta.json.bind.Jsonb;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * Makes JSON texts from objects. Endpoints need not declare it: objects that nothing else encodes become JSON texts anyway.
 * Declared as it is, it encodes every object, also strings and numbers; a subclass such as
 * {@code class OrderEncoder extends JsonEncoder<Order>} encodes orders and nothing else. The nested classes are the same for
 * binary messages and for streams. Whatever fails is an {@link EncodeException}.
 *
 * <p>Threading: any thread.
 *
 * @param <T> what it encodes
 */
public class JsonEncoder<T> extends JsonCoder<T> implements Encoder.Text<T> {
    /** Uses the {@link Jsonb} of the endpoint that declares it. */
    public JsonEncoder() {}

    @Override
    public String encode(T object) throws EncodeException {
        StringWriter text = new StringWriter();
        write(object, text);
        return text.toString();
    }

    /**
     * The same for binary messages: JSON in UTF-8.
     *
     * @param <T> what it encodes
     */
    public static class Binary<T> extends JsonCoder<T> implements Encoder.Binary<T> {
        /** Uses the {@link Jsonb} of the endpoint that declares it. */
        public Binary() {}

        @Override
        public ByteBuffer encode(T object) throws EncodeException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writeUtf8(object, bytes);
            return ByteBuffer.wrap(bytes.toByteArray());
        }
    }

    /**
     * The same for text messages as a stream: the text is never there as a whole.
     *
     * @param <T> what it encodes
     */
    public static class TextStream<T> extends JsonCoder<T> implements Encoder.TextStream<T> {
        /** Uses the {@link Jsonb} of the endpoint that declares it. */
        public TextStream() {}

        TextStream(Type type, Supplier<Jsonb> source) {
            super(type, source);
        }

        @Override
        public void encode(T object, Writer writer) throws EncodeException {
            write(object, writer);
        }
    }

    /**
     * The same for binary messages as a stream: JSON in UTF-8 that is never there as a whole.
     *
     * @param <T> what it encodes
     */
    public static class BinaryStream<T> extends JsonCoder<T> implements Encoder.BinaryStream<T> {
        /** Uses the {@link Jsonb} of the endpoint that declares it. */
        public BinaryStream() {}

        @Override
        public void encode(T object, OutputStream stream) throws EncodeException {
            writeUtf8(object, stream);
        }
    }
}
