package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import dev.ferrule.engine.message.MessageBuffer;
import dev.ferrule.engine.message.Utf8Validator;
import java.nio.ByteBuffer;

/**
 * A message that is handed over in one piece. What is complete in one chunk is never gathered; a text that is not is
 * checked chunk by chunk, so that a wrong one fails early.
 */
final class WholeMessage extends InboundMessage {
    private final InboundHandler handler;
    private final MessageBuffer gathered = new MessageBuffer();
    private final Utf8Validator validator = new Utf8Validator();

    WholeMessage(InboundHandler handler) {
        super(Delivery.Mode.WHOLE);
        this.handler = handler;
    }

    @Override
    void begin(Opcode opcode, long limit) {
        super.begin(opcode, limit);
        gathered.begin((int) limit);
    }

    @Override
    void frame(long bytes, boolean last) throws ProtocolViolation {
        super.frame(bytes, last);
        if (last) {
            gathered.endsAt(gathered.count() + (int) bytes);
        }
    }

    @Override
    void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation {
        count(chunk.remaining());
        if (last && gathered.count() == 0) {
            deliverAtOnce(chunk);
        } else {
            gather(chunk);
            if (last) {
                deliver();
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

    private void gather(ByteBuffer chunk) throws ProtocolViolation {
        if (isText()) {
            validator.require(chunk, chunk.position(), chunk.limit());
        }
        gathered.append(chunk);
    }

    private void deliver() throws ProtocolViolation {
        int count = gathered.count();
        byte[] bytes = gathered.take();
        if (isText()) {
            validator.requireComplete();
            handler.onText(Utf8Validator.decode(bytes, 0, count));
        } else {
            handler.onBinary(ByteBuffer.wrap(bytes, 0, count));
        }
    }
}
