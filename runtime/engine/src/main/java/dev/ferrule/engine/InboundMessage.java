package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;

/**
 * One arriving data message on its way to the handler, in one of its shapes. Counts bytes and keeps the limit. Confined
 * to the reader.
 */
abstract class InboundMessage {
    private final long maxBytes;
    private long count;

    InboundMessage(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    static InboundMessage of(Opcode opcode, Delivery delivery, InboundHandler handler) {
        boolean text = opcode == Opcode.TEXT;
        return switch (delivery.mode()) {
            case WHOLE -> new WholeMessage(text, delivery.maxBytes(), handler);
            case PARTS -> new MessageInParts(text, delivery.maxBytes(), handler);
            case DISCARD -> new DiscardedMessage(text, delivery.maxBytes());
        };
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

    /** How many more bytes there may be, and one: reaching it is to exceed the limit. */
    final int roomBytes(int most) {
        return (int) Math.min(most - 1, maxBytes - count) + 1;
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
