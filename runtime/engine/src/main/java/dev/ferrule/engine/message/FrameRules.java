package dev.ferrule.engine.message;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import org.jspecify.annotations.Nullable;

/** Which frame may follow which (RFC 6455 §5.4). */
public final class FrameRules {
    private FrameRules() {}

    /**
     * Asks whether a frame may come now.
     *
     * @param inProgress the type of the message whose last frame is still to come; null between messages
     * @return the type of the message that the frame belongs to, or the opcode itself for a control frame
     */
    public static Opcode type(@Nullable Opcode inProgress, Opcode opcode) throws ProtocolViolation {
        if (opcode.isControl()) {
            return opcode;
        }
        if (opcode == Opcode.CONTINUATION) {
            if (inProgress == null) {
                throw violation("A continuation frame came without a message to continue");
            }
            return inProgress;
        }
        if (inProgress != null) {
            throw violation("A new message began before the last one ended");
        }
        return opcode;
    }

    private static ProtocolViolation violation(String message) {
        return new ProtocolViolation(1002, message, "RFC 6455 §5.4");
    }
}
