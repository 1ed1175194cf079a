package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;

/**
 * The arriving data message on its way to the handler, in one of its shapes. Counts bytes and keeps the limit. One
 * object serves message after message of its shape, and holds nothing in between. Confined to the reader.
 */
abstract class InboundMessage {
    private final Delivery.Mode mode;
    private boolean text;
    private long maxBytes;
    private long count;

    InboundMessage(Delivery.Mode mode) {
        this.mode = mode;
    }

    static InboundMessage of(Delivery.Mode mode, InboundHandler handler) {
        return mode == Delivery.Mode.WHOLE ? new WholeMessage(handler) : new MessageInParts(mode, handler);
    }

    /** The shape that this object serves. */
    final Delivery.Mode mode() {
        return mode;
    }

    /** A message begins; the last one, if any, is complete. */
    void begin(Opcode opcode, long limit) {
        text = opcode == Opcode.TEXT;
        maxBytes = limit;
        count = 0;
    }

    final boolean isText() {
        return text;
    }

    /** Refuses a frame whose payload would exceed the limit, before any of it has come. */
    final void requireRoomFor(long bytes) throws ProtocolViolation {
        if (bytes > maxBytes - count) {
            throw tooBig();
        }
    }

    /** Counts bytes that are about to be taken in. */
    final void count(long bytes) throws ProtocolViolation {
        requireRoomFor(bytes);
        count += bytes;
    }

    /**
     * How much may be unfolded next: at most what the limit leaves, so that it is examined like any other; then one byte,
     * which is one too many.
     */
    final int roomBytes(int most) {
        return (int) Math.max(1, Math.min(most, maxBytes - count));
    }

    /**
     * Takes in all of a chunk.
     *
     * @param last whether the message ends with it
     */
    abstract void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation;

    /** A buffer for what an extension makes of a chunk, with room for one byte at least; {@link #filled} follows. */
    abstract ByteBuffer room();

    /** The room has been filled up to its position. */
    abstract void filled(boolean last) throws ProtocolViolation;

    private ProtocolViolation tooBig() {
        return new ProtocolViolation(1009, "A message has more than " + maxBytes + " bytes", "RFC 6455 §7.4.1");
    }
}
