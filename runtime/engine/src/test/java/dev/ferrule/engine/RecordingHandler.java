package dev.ferrule.engine;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes down what arrives, one line per event. Parts are put together again, and those of a message that never ends
 * are left out: where parts are cut is the only thing that may depend on how bytes were sliced.
 */
class RecordingHandler implements InboundHandler {
    final List<String> events = new ArrayList<>();
    final List<String> parts = new ArrayList<>();
    final List<ProtocolViolation> violations = new ArrayList<>();
    Delivery delivery;

    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    RecordingHandler(Delivery delivery) {
        this.delivery = delivery;
    }

    static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.of().formatHex(copy);
    }

    @Override
    public Delivery onMessageStart(Opcode opcode) {
        events.add("start " + opcode);
        return delivery;
    }

    @Override
    public void onText(String message) {
        events.add("text " + message);
    }

    @Override
    public void onBinary(ByteBuffer message) {
        events.add("binary " + hex(message));
    }

    @Override
    public void onTextPart(String part, boolean last) {
        if (part.isEmpty() && !last) {
            events.add("an empty part that is not the last");
        }
        parts.add(part);
        text.append(part);
        if (last) {
            events.add("text " + text);
            text.setLength(0);
        }
    }

    @Override
    public void onBinaryPart(ByteBuffer part, boolean last) {
        if (!part.hasRemaining() && !last) {
            events.add("an empty part that is not the last");
        }
        parts.add(hex(part));
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        binary.writeBytes(copy);
        if (last) {
            events.add("binary " + HexFormat.of().formatHex(binary.toByteArray()));
            binary.reset();
        }
    }

    @Override
    public void onPing(ByteBuffer payload) {
        events.add("ping " + hex(payload));
    }

    @Override
    public void onPong(ByteBuffer payload) {
        events.add("pong " + hex(payload));
    }

    @Override
    public void onClose(ClosePayload payload, CloseHandshake.Outcome outcome) {
        events.add("close " + payload.code() + " " + payload.reason());
        events.add("outcome " + outcome);
    }

    @Override
    public void onViolation(ProtocolViolation violation, CloseHandshake.Outcome outcome) {
        violations.add(violation);
        events.add("violation " + violation.closeCode());
        events.add("outcome " + outcome);
    }
}
