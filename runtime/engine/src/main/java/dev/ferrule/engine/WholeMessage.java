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
    private int checked;

    WholeMessage(InboundHandler handler) {
        super(Delivery.Mode.WHOLE);
        this.handler = handler;
    }

    @Override
    void begin(Opcode opcode, long limit) {
        super.begin(opcode, limit);
        // One byte more than allowed may be unfolded, to notice that there is more.
        gathered.begin((int) limit + 1);
        checked = 0;
    }

    @Override
    void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation {
        count(chunk.remaining());
        if (last && gathered.count() == 0) {
            deliverAtOnce(chunk);
        } else {
            gathered.append(chunk);
            deliverOrCheck(last);
        }
    }

    @Override
    ByteBuffer room() {
        return gathered.room(roomBytes(Integer.MAX_VALUE));
    }

    @Override
    void filled(boolean last) throws ProtocolViolation {
        int before = gathered.count();
        gathered.keepRoom();
        count(gathered.count() - before);
        deliverOrCheck(last);
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

    private void deliverOrCheck(boolean last) throws ProtocolViolation {
        int count = gathered.count();
        if (isText() && (!last || checked > 0)) {
            validator.require(gathered.view(), checked, count);
            checked = count;
        }
        if (last) {
            deliver(gathered.take(), count);
        }
    }

    private void deliver(byte[] bytes, int count) throws ProtocolViolation {
        if (isText()) {
            validator.requireComplete();
            handler.onText(Utf8Validator.decode(bytes, 0, count));
        } else {
            handler.onBinary(ByteBuffer.wrap(bytes, 0, count));
        }
    }
}
