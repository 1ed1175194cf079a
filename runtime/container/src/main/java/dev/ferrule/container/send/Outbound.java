package dev.ferrule.container.send;

import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that waits to go out. */
sealed interface Outbound {
    /** Bytes that it keeps in memory while it waits. */
    int cost();

    /** Who learns how it went. */
    SendCompletion completion();

    /**
     * A message, or a part of one.
     *
     * @param type text or binary
     * @param payload the bytes, text as UTF-8, cut anywhere
     * @param last whether the message ends with it
     * @param message the message that the part belongs to, or null for a whole message
     * @param compress whether it may be compressed
     */
    record Data(
            Opcode type,
            List<ByteBuffer> payload,
            boolean last,
            @Nullable Object message,
            boolean compress,
            SendCompletion completion)
            implements Outbound {
        @Override
        public int cost() {
            int cost = Outbound.OVERHEAD;
            for (int i = 0; i < payload.size(); i++) { // asked for several times a message: no iterator each time
                cost += payload.get(i).remaining();
            }
            return cost;
        }
    }

    /** A ping or a pong. */
    record Control(Opcode type, ByteBuffer payload, SendCompletion completion) implements Outbound {
        @Override
        public int cost() {
            return payload.remaining() + Outbound.OVERHEAD;
        }
    }

    /** A close frame: the last thing that goes out. */
    record Close(ClosePayload payload, SendCompletion completion) implements Outbound {
        @Override
        public int cost() {
            return 0;
        }
    }

    /** Nothing on the wire: completes when everything before it has been written. */
    record FlushMark(SendCompletion completion) implements Outbound {
        @Override
        public int cost() {
            return 0;
        }
    }

    /** What an entry costs beside its payload, roughly: the record, the buffer and the completion. */
    int OVERHEAD = 128;
}
