package dev.ferrule.container.receive;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.MessageMethod;
import dev.ferrule.container.endpoint.MessageShape;
import dev.ferrule.container.spi.GenericTypes;
import dev.ferrule.container.spi.TextConversion;
import jakarta.websocket.DecodeException;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of one kind go: turns what came over the wire into what a callback takes, and calls it. One per handler
 * or message method, chosen once per message; those of methods serve all sessions of their endpoint. Immutable.
 */
public final class MessageSink {
    private final MessageShape shape;
    private final long maxMessageBytes;
    private final @Nullable MessageHandler handler;
    private final Target target;
    private final Conversion conversion;

    /** The callback behind a sink. */
    public interface Target {
        /** Takes a message that came to a session, or a part and whether it is the last. */
        void accept(Receiver receiver, Object message, boolean last) throws Throwable;
    }

    /** From what came over the wire to what the callback takes; fails when the peer sent something else. */
    private interface Conversion {
        Object apply(Object payload, SessionCoders coders) throws DecodeException, IOException;
    }

    /**
     * A sink.
     *
     * @param maxMessageBytes the callback's own limit for whole messages, or -1
     * @param handler the handler that the application added, or null for a message method
     */
    public MessageSink(MessageShape shape, long maxMessageBytes, @Nullable MessageHandler handler, Target target) {
        this.shape = shape;
        this.maxMessageBytes = maxMessageBytes;
        this.handler = handler;
        this.target = target;
        this.conversion = conversion(shape);
    }

    /** The sink of a message method, for any session of its endpoint. */
    public static MessageSink of(MessageMethod method) {
        return new MessageSink(
                method.shape(),
                method.maxMessageBytes(),
                null,
                (receiver, message, last) -> receiver.call(method, message, last));
    }

    /** The shape that the callback wants. */
    public MessageShape shape() {
        return shape;
    }

    /** The handler that the application added, or null for a message method. */
    public @Nullable MessageHandler handler() {
        return handler;
    }

    /**
     * The most bytes of a whole message: the smaller of the session's limit and the callback's own; streams have only the
     * session's.
     */
    public long limit(long sessionLimit) {
        boolean stream = shape.form() == MessageShape.Form.READER || shape.form() == MessageShape.Form.INPUT_STREAM;
        return maxMessageBytes <= 0 || stream ? sessionLimit : Math.min(maxMessageBytes, sessionLimit);
    }

    /**
     * Delivers a message or a part; in the session's serial order.
     *
     * @param receiver the session
     * @param payload a {@code String} for text, a {@code ByteBuffer} for bytes and pongs
     * @throws Throwable what decoding or the callback threw
     */
    public void deliver(Receiver receiver, Object payload, boolean last) throws Throwable {
        target.accept(receiver, conversion.apply(payload, receiver.coders()), last);
    }

    private static Conversion conversion(MessageShape shape) {
        return switch (shape.form()) {
            case DECODED_TEXT -> (payload, coders) -> coders.decode((String) payload, shape.type());
            case DECODED_BINARY -> (payload, coders) -> coders.decode((ByteBuffer) payload, shape.type());
            case PRIMITIVE -> (payload, coders) -> primitive((String) payload, shape);
            case READER -> (payload, coders) -> new StringReader((String) payload);
            case BYTES -> (payload, coders) -> bytes((ByteBuffer) payload);
            case INPUT_STREAM -> (payload, coders) -> new ByteArrayInputStream(bytes((ByteBuffer) payload));
            case PONG -> (payload, coders) -> (PongMessage) () -> (ByteBuffer) payload;
            case STRING, BYTE_BUFFER -> (payload, coders) -> payload;
        };
    }

    private static Object primitive(String text, MessageShape shape) throws DecodeException {
        Class<?> type = GenericTypes.raw(shape.type());
        try {
            return Objects.requireNonNull(TextConversion.ofMessage(type)).apply(text);
        } catch (IllegalArgumentException bad) {
            throw new DecodeException(text, "The text message is no " + type.getSimpleName(), bad);
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        if (payload.hasArray()
                && payload.arrayOffset() == 0
                && payload.position() == 0
                && payload.remaining() == payload.array().length) {
            return payload.array();
        }
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        return copy;
    }
}
