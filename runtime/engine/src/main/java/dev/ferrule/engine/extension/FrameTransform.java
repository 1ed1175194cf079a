package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one extension on one connection: it transforms the payload of data messages, and tells which it has
 * transformed by reserved bits of a message's first frame. Control frames and continuations carry no reserved bits.
 *
 * <p>Order of calls: inbound {@code (beginInbound inbound+)*} on the thread that reads, outbound
 * {@code (beginOutbound outbound+)*} on the one that writes, at the same time possibly; {@link #close} once, from any
 * thread. A message whose {@code begin} answered false goes past this transform. A call after {@code close} throws
 * {@link IllegalStateException}.
 */
public interface FrameTransform extends AutoCloseable {
    /** The highest reserved bit, 0x40 of a frame's first byte. */
    int RSV1 = 4;

    int RSV2 = 2;
    int RSV3 = 1;

    /** The reserved bits that this transform owns; no two transforms of a connection share one. */
    int rsvBits();

    /**
     * A data message begins.
     *
     * @param opcode TEXT or BINARY
     * @param bits those of the owned bits that are set in its first frame
     * @return whether its payload is to come through {@link #inbound}
     */
    boolean beginInbound(Opcode opcode, int bits) throws ProtocolViolation;

    /**
     * Transforms what it can of an arriving payload.
     *
     * @param source the next bytes, in any slices; consumed as far as the position moves, and not kept
     * @param target takes the result; has room for one byte at least; lent for the call, and what lies in it is of no
     *     connection in particular
     * @param last whether the message ends with the source
     * @return whether there is more to come for the target before the next source; then the call is repeated with what
     *     is left of the source, and perhaps with more behind it, which may have become the last, and a target with room.
     *     False means the whole source was consumed
     */
    boolean inbound(ByteBuffer source, ByteBuffer target, boolean last) throws ProtocolViolation;

    /**
     * A data message is to be sent.
     *
     * @param compress false when the application asks that this message is not compressed
     * @return whether its parts are to come through {@link #outbound}
     */
    boolean beginOutbound(Opcode opcode, boolean compress);

    /**
     * Transforms one part of a message, which becomes one frame.
     *
     * @param part position and limit may be moved; not kept
     * @param last whether the message ends with it
     * @return a buffer that now belongs to the caller; or null, for the first part only: the message goes as it is, and
     *     its other parts do not come
     */
    @Nullable
    ByteBuffer outbound(ByteBuffer part, boolean last);

    /** Gives back what the transform holds. */
    @Override
    void close();
}
