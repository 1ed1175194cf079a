package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;

/**
 * What an arriving connection tells, synchronously, on the thread that called {@link InboundHalf#receive}. Buffers and
 * strings belong to the handler. What it throws fails the connection with code 1011.
 *
 * <p>Order: {@code (onMessageStart (onText | onBinary | onTextPart+ | onBinaryPart+)? | onPing | onPong)*
 * (onClose | onViolation)?}, where pings and pongs also come between the parts of a message, and {@code onProgress} comes in the
 * midst of one.
 */
public interface InboundHandler {
    /**
     * The first header of a data message has come, and its frame is within the limits.
     *
     * @param opcode TEXT or BINARY
     * @return how to hand the message over
     */
    Delivery onMessageStart(Opcode opcode);

    /** Payload of a message has come that does not end it: something is moving, though nothing is told of it yet. */
    default void onProgress() {}

    /** A whole text. */
    void onText(String message);

    /** Whole bytes, from position to limit; the array behind may be longer. */
    void onBinary(ByteBuffer message);

    /** The next part of a text, cut between two characters; empty only when it is the last. */
    void onTextPart(String part, boolean last);

    /** The next bytes of a message; empty only when they are the last. */
    void onBinaryPart(ByteBuffer part, boolean last);

    /** A ping: a pong with the same payload is to be sent (RFC 6455 §5.5.2). */
    void onPing(ByteBuffer payload);

    /** A pong. */
    void onPong(ByteBuffer payload);

    /** The peer's close frame: nothing follows. */
    void onClose(ClosePayload payload, CloseHandshake.Outcome outcome);

    /** The connection failed: nothing follows. The peer is owed a close frame with the violation's code. */
    void onViolation(ProtocolViolation violation, CloseHandshake.Outcome outcome);
}
