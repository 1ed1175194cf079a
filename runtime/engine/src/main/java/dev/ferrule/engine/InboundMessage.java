package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The arriving data message on its way to the handler, in one of its shapes. Counts bytes and keeps the limit. One
 * object serves message after message of its shape, and holds nothing in between. Confined to the reader.
 */
abstract class InboundMessage {
    /** The most that an extension unfolds at a time. */
    private static final int ROOM_BYTES = 8 * 1024;

    private static final ThreadLocal<ByteBuffer> ROOM = ThreadLocal.withInitial(() -> ByteBuffer.allocate(ROOM_BYTES));

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

    /**
     * A frame that no extension transforms has begun: refuses one whose payload would exceed the limit, before any of it has
     * come.
     *
     * @param last whether the message ends with it
     */
    void frame(long bytes, boolean last) throws ProtocolViolation {
        requireRoomFor(bytes);
    }

    /** How many bytes of the message have come. */
    final long bytesSoFar() {
        return count;
    }

    /** The most bytes that it may have. */
    final long maxBytes() {
        return maxBytes;
    }

    /** Counts bytes that are about to be taken in. */
    final void count(long bytes) throws ProtocolViolation {
        requireRoomFor(bytes);
        count += bytes;
    }

    /**
     * Room for what an extension makes of a payload, for {@link #accept}: the thread's, because nothing stays in it between
     * calls. At most what the limit leaves, so that this is examined like any other; then one byte, which is one too many.
     */
    final ByteBuffer room() {
        int bytes = (int) Math.max(1, Math.min(ROOM_BYTES, maxBytes - count));
        return ROOM.get().order(ByteOrder.BIG_ENDIAN).clear().limit(bytes);
    }

    /**
     * Takes in all of a chunk, which is lent for the call.
     *
     * @param last whether the message ends with it
     */
    abstract void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation;

    private void requireRoomFor(long bytes) throws ProtocolViolation {
        if (bytes > maxBytes - count) {
            throw tooBig();
        }
    }

    private ProtocolViolation tooBig() {
        return new ProtocolViolation(1009, "A message has more than " + maxBytes + " bytes", "RFC 6455 §7.4.1");
    }
}
