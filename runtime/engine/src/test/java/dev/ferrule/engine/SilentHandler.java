package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;

/** Forgets what arrives, and counts it: for measurements that a record would disturb. */
public class SilentHandler implements InboundHandler {
    private final Delivery delivery;
    long messages;
    long dataBytes;
    int lastViolation;

    SilentHandler(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public Delivery onMessageStart(Opcode opcode) {
        return delivery;
    }

    @Override
    public void onText(String message) {
        messages++;
        dataBytes += message.length();
    }

    @Override
    public void onBinary(ByteBuffer message) {
        messages++;
        dataBytes += message.remaining();
    }

    @Override
    public void onTextPart(String part, boolean last) {
        messages += last ? 1 : 0;
        dataBytes += part.length();
    }

    @Override
    public void onBinaryPart(ByteBuffer part, boolean last) {
        messages += last ? 1 : 0;
        dataBytes += part.remaining();
    }

    @Override
    public void onPing(ByteBuffer payload) {
        messages++;
    }

    @Override
    public void onPong(ByteBuffer payload) {
        messages++;
    }

    @Override
    public void onClose(ClosePayload payload, CloseHandshake.Outcome outcome) {
        messages++;
    }

    @Override
    public void onViolation(ProtocolViolation violation, CloseHandshake.Outcome outcome) {
        lastViolation = violation.closeCode();
    }
}
