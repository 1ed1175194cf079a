package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import dev.ferrule.engine.message.MessageBuffer;
import dev.ferrule.engine.message.Utf8Validator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A message that is handed over in one piece. What is complete in one chunk is never gathered; a text that is not is
 * checked chunk by chunk, so that a wrong one fails early.
 */
final class WholeMessage extends InboundMessage {
    private final InboundHandler handler;

    /** Where the message ends, as the header of its last frame has told; -1 as long as none has. */
    private int end = -1;

    /** What has come of a message that comes in pieces; null for one that comes at once, as nearly all do. */
    private @Nullable Pieces pieces;

    private record Pieces(MessageBuffer bytes, Utf8Validator validator) {}

    WholeMessage(InboundHandler handler) {
        super(Delivery.Mode.WHOLE);
        this.handler = handler;
    }

    @Override
    void begin(Opcode opcode, long limit) {
        super.begin(opcode, limit);
        end = -1;
    }

    @Override
    void frame(long bytes, boolean last) throws ProtocolViolation {
        super.frame(bytes, last);
        if (last) {
            end = (int) (bytesSoFar() + bytes);
        }
    }

    @Override
    void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation {
        count(chunk.remaining());
        if (last && pieces == null) {
            deliverAtOnce(chunk);
        } else {
            Pieces gathered = gather(chunk);
            if (last) {
                pieces = null;
                deliver(gathered);
            }
        }
    }

    private void deliverAtOnce(ByteBuffer chunk) throws ProtocolViolation {
        if (isText()) {
            handler.onText(Utf8Validator.decode(chunk));
        } else {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            handler.onBinary(ByteBuffer.wrap(copy));
        }
    }

    private Pieces gather(ByteBuffer chunk) throws ProtocolViolation {
        Pieces gathered = pieces;
        if (gathered == null) {
            gathered = new Pieces(new MessageBuffer((int) maxBytes()), new Utf8Validator());
            pieces = gathered;
        }
        if (end >= 0) {
            gathered.bytes.endsAt(end);
        }
        if (isText()) {
            gathered.validator.require(chunk, chunk.position(), chunk.limit());
        }
        gathered.bytes.append(chunk);
        return gathered;
    }

    private void deliver(Pieces gathered) throws ProtocolViolation {
        ByteBuffer bytes = gathered.bytes.all();
        if (isText()) {
            gathered.validator.requireComplete();
            handler.onText(Utf8Validator.decode(bytes));
        } else {
            handler.onBinary(bytes);
        }
    }
}
