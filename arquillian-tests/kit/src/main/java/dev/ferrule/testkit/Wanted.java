package dev.ferrule.testkit;

import dev.ferrule.testkit.Received.Binary;
import dev.ferrule.testkit.Received.End;
import dev.ferrule.testkit.Received.Failure;
import dev.ferrule.testkit.Received.Pong;
import dev.ferrule.testkit.Received.Text;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.PongMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects: the kind of thing that a Java type stands for.
 *
 * @param <T> the type
 */
record Wanted<T>(Class<T> type) {
    /** For people, after "Expected". */
    String describe() {
        if (type == String.class) {
            return "a text message";
        }
        if (type == ByteBuffer.class) {
            return "a binary message";
        }
        if (type == PongMessage.class) {
            return "a pong";
        }
        if (type == CloseReason.class) {
            return "the end of the connection";
        }
        return (isMessage() ? "a message that is a " : "a ") + type.getSimpleName();
    }

    /**
     * The thing as this type, or null when it is of another kind.
     *
     * @throws DecodeException when it is a message that does not decode to the type
     */
    @Nullable
    T in(Received received, MessageDecoding decoding) throws DecodeException {
        Object found = null;
        if (received instanceof End end) {
            found = end.reason();
        } else if (received instanceof Failure failure) {
            found = failure.cause();
        } else if (received instanceof Pong pong) {
            found = (PongMessage) () -> pong.payload().duplicate();
        } else if (type == String.class) {
            found = received instanceof Text text ? text.text() : null;
        } else if (type == ByteBuffer.class) {
            found = received instanceof Binary binary ? binary.bytes().duplicate() : null;
        } else if (isMessage()) {
            found = decoding.decode(received, type);
        }
        return type.isInstance(found) ? type.cast(found) : null;
    }

    private boolean isMessage() {
        return type != CloseReason.class && type != PongMessage.class && !Throwable.class.isAssignableFrom(type);
    }
}
