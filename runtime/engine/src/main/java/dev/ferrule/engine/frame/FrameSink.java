package dev.ferrule.engine.frame;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;

/**
 * What a {@link FrameReader} tells while it reads, synchronously: {@code (header length payload+)*}. Every rule that
 * needs to know more than one frame is checked here, at the earliest byte that can decide.
 */
public interface FrameSink {
    /**
     * The first byte of a frame has come; the opcode is known, and a control frame is final.
     *
     * @param rsv the three reserved bits, RSV1 being 4
     */
    void header(Opcode opcode, boolean fin, int rsv) throws ProtocolViolation;

    /** The length is complete, minimal and, for a control frame, at most 125. */
    void length(long bytes) throws ProtocolViolation;

    /**
     * Unmasked payload from the buffer's position to its limit. Called once with an empty buffer for an empty frame.
     *
     * @param endOfFrame whether the frame ends with the last of these bytes
     * @return whether all was taken in; false when the sink stopped wanting before it was done: the unread bytes, none
     *     perhaps, come again
     */
    boolean payload(ByteBuffer chunk, boolean endOfFrame) throws ProtocolViolation;

    /** Whether the reader may go on. */
    boolean wantsMore();
}
