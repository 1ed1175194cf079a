package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.message.Utf8Parts;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message that is handed over as it arrives. Nothing of it is kept but the bytes of one incomplete character. */
final class MessageInParts extends InboundMessage {
    /** The most of a part that an extension unfolds. */
    private static final int PART_BYTES = 8 * 1024;

    private final InboundHandler handler;
    private final Utf8Parts text = new Utf8Parts();
    private @Nullable ByteBuffer room;

    MessageInParts(InboundHandler handler) {
        this.handler = handler;
    }

    @Override
    Delivery.Mode mode() {
        return Delivery.Mode.PARTS;
    }

    @Override
    void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation {
        count(chunk.remaining());
        if (isText()) {
            deliverText(chunk, last);
        } else if (last || chunk.hasRemaining()) {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            handler.onBinaryPart(ByteBuffer.wrap(copy), last);
        }
    }

    @Override
    ByteBuffer room() {
        if (room == null) {
            room = ByteBuffer.allocate(PART_BYTES);
        }
        return room.clear().limit(roomBytes(PART_BYTES));
    }

    @Override
    void filled(boolean last) throws ProtocolViolation {
        ByteBuffer part = Objects.requireNonNull(room).flip();
        count(part.remaining());
        if (isText()) {
            room = last ? null : room;
            deliverText(part, last);
        } else if (last || part.hasRemaining()) {
            room = null;
            handler.onBinaryPart(part, last);
        }
    }

    private void deliverText(ByteBuffer bytes, boolean last) throws ProtocolViolation {
        String part = text.next(bytes, last);
        if (last || !part.isEmpty()) {
            handler.onTextPart(part, last);
        }
    }
}
