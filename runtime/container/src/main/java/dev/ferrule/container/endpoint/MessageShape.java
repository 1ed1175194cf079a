package dev.ferrule.container.endpoint;

import dev.ferrule.container.spi.CoderProvider.NativeType;
import dev.ferrule.container.spi.GenericTypes;
import dev.ferrule.container.spi.TextConversion;
import jakarta.websocket.PongMessage;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a callback wants of a message: its kind on the wire, and the form in which it is delivered (WSC-4.7-1).
 *
 * @param kind which messages
 * @param form how they are delivered
 * @param parts whether in parts, as they arrive
 * @param type the type of the callback's parameter
 * @param yields whether it takes only what no other handler takes: nobody asked for these messages by name
 */
public record MessageShape(Kind kind, Form form, boolean parts, Type type, boolean yields) {
    /** Which messages: at most one handler for each per session (WSC-2.1.3-1). */
    public enum Kind {
        TEXT,
        BINARY,
        PONG
    }

    /** How a message is delivered. */
    public enum Form {
        STRING,
        READER,
        PRIMITIVE,
        DECODED_TEXT,
        BYTE_BUFFER,
        BYTES,
        INPUT_STREAM,
        DECODED_BINARY,
        PONG
    }

    /** What the endpoint's coders can do, as far as shapes depend on it. */
    public interface Coders {
        /** Whether a declared decoder makes the type from that wire form. */
        boolean declaresDecoder(Type type, NativeType nativeType);

        /** Whether a coder provider makes the type from that wire form. */
        boolean providesDecoder(Type type, NativeType nativeType);

        /** Whether an object of the type can be sent. */
        boolean canEncode(Type type);

        /** For people: what to do about a type that cannot be coded. */
        String remedy(Type type);
    }

    private static MessageShape of(Kind kind, Form form, Type type) {
        return new MessageShape(kind, form, false, type, false);
    }

    /**
     * The shapes in which a whole message of a type is delivered: none when nothing makes the type, two when decoders make
     * it from text and from bytes. A declared decoder wins over every built-in conversion; a provider's serves bytes only
     * where no other handler wants them.
     */
    public static List<MessageShape> whole(Type type, Coders coders) {
        List<MessageShape> shapes = new ArrayList<>(2);
        if (coders.declaresDecoder(type, NativeType.TEXT)) {
            shapes.add(of(Kind.TEXT, Form.DECODED_TEXT, type));
        }
        if (coders.declaresDecoder(type, NativeType.BINARY)) {
            shapes.add(of(Kind.BINARY, Form.DECODED_BINARY, type));
        }
        if (!shapes.isEmpty()) {
            return shapes;
        }
        Class<?> raw = GenericTypes.raw(type);
        if (raw == String.class) {
            return List.of(of(Kind.TEXT, Form.STRING, type));
        }
        if (raw == Reader.class) {
            return List.of(of(Kind.TEXT, Form.READER, type));
        }
        if (raw == ByteBuffer.class) {
            return List.of(of(Kind.BINARY, Form.BYTE_BUFFER, type));
        }
        if (raw == byte[].class) {
            return List.of(of(Kind.BINARY, Form.BYTES, type));
        }
        if (raw == InputStream.class) {
            return List.of(of(Kind.BINARY, Form.INPUT_STREAM, type));
        }
        if (raw == PongMessage.class) {
            return List.of(of(Kind.PONG, Form.PONG, type));
        }
        if (TextConversion.to(raw) != null) {
            return List.of(of(Kind.TEXT, Form.PRIMITIVE, type));
        }
        if (coders.providesDecoder(type, NativeType.TEXT)) {
            shapes.add(of(Kind.TEXT, Form.DECODED_TEXT, type));
        }
        if (coders.providesDecoder(type, NativeType.BINARY)) {
            shapes.add(new MessageShape(Kind.BINARY, Form.DECODED_BINARY, false, type, !shapes.isEmpty()));
        }
        return shapes;
    }

    /** The shape in which parts of a message are delivered as a type, or none when the type cannot be a part. */
    public static List<MessageShape> partial(Type type) {
        if (type == String.class) {
            return List.of(new MessageShape(Kind.TEXT, Form.STRING, true, type, false));
        }
        if (type == ByteBuffer.class) {
            return List.of(new MessageShape(Kind.BINARY, Form.BYTE_BUFFER, true, type, false));
        }
        if (type == byte[].class) {
            return List.of(new MessageShape(Kind.BINARY, Form.BYTES, true, type, false));
        }
        return List.of();
    }
}
