package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.message.Utf8Parts;
import java.nio.ByteBuffer;

/**
 * A message that is handed over as it arrives, or dropped when nobody wants it: it must be right all the same. Nothing of
 * it is kept but the bytes of one incomplete character.
 */
final class MessageInParts extends InboundMessage {
    private final InboundHandler handler;
    private final Utf8Parts text = new Utf8Parts();

    MessageInParts(Delivery.Mode mode, InboundHandler handler) {
        super(mode);
        this.handler = handler;
    }

    @Override
    void accept(ByteBuffer chunk, boolean last) throws ProtocolViolation {
        count(chunk.remaining());
        if (isText()) {
            deliverText(chunk, last);
        } else if (mode() == Delivery.Mode.DISCARD) {
            chunk.position(chunk.limit());
        } else if (last || chunk.hasRemaining()) {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            handler.onBinaryPart(ByteBuffer.wrap(copy), last);
        }
    }

    private void deliverText(ByteBuffer bytes, boolean last) throws ProtocolViolation {
        String part = text.next(bytes, last);
        if (mode() == Delivery.Mode.PARTS && (last || !part.isEmpty())) {
            handler.onTextPart(part, last);
        }
    }
}
