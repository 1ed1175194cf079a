package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.message.Utf8Validator;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message that nobody wants: it must be right all the same, because the peer may not notice who listens. */
final class DiscardedMessage extends InboundMessage {
    private static final int ROOM_BYTES = 8 * 1024;

    private final Utf8Validator validator = new Utf8Validator();
    private @Nullable ByteBuffer room;

    @Override
    Delivery.Mode mode() {
        return Delivery.Mode.DISCARD;
    }

    @Override
    void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation {
        count(chunk.remaining());
        if (isText()) {
            validator.require(chunk, chunk.position(), chunk.limit());
            if (last) {
                validator.requireComplete();
            }
        }
        chunk.position(chunk.limit());
    }

    @Override
    ByteBuffer room() {
        room = room == null ? ByteBuffer.allocate(ROOM_BYTES) : room;
        return room.clear().limit(roomBytes(ROOM_BYTES));
    }

    @Override
    void filled(boolean last) throws ProtocolViolation {
        ByteBuffer unfolded = Objects.requireNonNull(room).flip();
        room = last ? null : room;
        accept(unfolded, last);
    }
}
