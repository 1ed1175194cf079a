package dev.ferrule.engine.message;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * Which frame may follow which (RFC 6455 §5.4): remembers the message in progress and nothing else. Confined to the
 * reader.
 */
public final class FrameRules {
    private @Nullable Opcode inProgress;

    /**
     * Asks whether a frame may come now, and remembers it.
     *
     * @return the type of the message that the frame belongs to, or the opcode itself for a control frame
     */
    public Opcode next(Opcode opcode, boolean fin) throws ProtocolViolation {
        if (opcode.isControl()) {
            return opcode;
        }
        Opcode type = opcode;
        if (opcode == Opcode.CONTINUATION) {
            if (inProgress == null) {
                throw violation("A continuation frame came without a message to continue");
            }
            type = inProgress;
        } else if (inProgress != null) {
            throw violation("A new message began before the last one ended");
        }
        inProgress = fin ? null : type;
        return type;
    }

    private static ProtocolViolation violation(String message) {
        return new ProtocolViolation(1002, message, "RFC 6455 §5.4");
    }
}
