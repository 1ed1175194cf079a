package dev.ferrule.engine;

import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.extension.TransformChain;
import dev.ferrule.engine.frame.FrameWriter;
import dev.ferrule.engine.frame.Masking;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent: payloads in, frames out to an {@link Output}, which is all that it ever calls. Confined to the single
 * writer. Payload buffers keep their position and limit; those of 8 KiB and more are gathered by reference when this
 * end is a server, and must not change until they have been written.
 */
public final class OutboundHalf {
    /** From here on a copy costs more than one more buffer in a gathered write. */
    private static final int GATHER_BYTES = 8 * 1024;

    private static final int MAX_CONTROL_BYTES = 125;

    private final boolean masks;
    private final @Nullable TransformChain transforms;
    private final CloseHandshake closing;
    private final FrameWriter frames;

    private @Nullable Opcode inProgress;
    private boolean transformed;
    private boolean closeSent;

    OutboundHalf(Role role, @Nullable TransformChain transforms, CloseHandshake closing) {
        this.masks = role.masksOutbound();
        this.transforms = transforms;
        this.closing = closing;
        this.frames = FrameWriter.of(role);
    }

    /**
     * One frame of a message: its first, or a continuation while a message is in progress.
     *
     * @param type TEXT or BINARY, the same for all parts of a message
     * @param payload text must be UTF-8, cut anywhere
     * @param last whether the message ends with it
     * @param compress false keeps this message out of compression; counts with the first part
     * @throws IllegalStateException when another type is in progress, or after the close frame
     */
    public void data(Opcode type, ByteBuffer payload, boolean last, boolean compress, Output out) {
        boolean first = startOrGoOn(type);
        ByteBuffer wire = payload;
        int rsv = 0;
        if (transforms != null) {
            transformed = first ? transforms.beginOutbound(type, compress) : transformed;
            ByteBuffer result = transformed ? transforms.outbound(payload.duplicate(), last) : null;
            transformed = result != null;
            wire = result == null ? payload : result;
            rsv = first && transformed ? transforms.bitsSet() : 0;
        }
        frame(first ? type : Opcode.CONTINUATION, last, rsv, wire, out);
        inProgress = last ? null : type;
    }

    /**
     * As {@link #data(Opcode, ByteBuffer, boolean, boolean, Output)}, with a payload that lies in several buffers: one frame,
     * or, where extensions have to see it, a frame for each buffer.
     */
    public void data(Opcode type, List<ByteBuffer> payload, boolean last, boolean compress, Output out) {
        int buffers = payload.size();
        if (buffers == 1 || transforms != null) {
            for (int i = 0; i < buffers; i++) {
                data(type, payload.get(i), last && i == buffers - 1, compress, out);
            }
            return;
        }
        boolean first = startOrGoOn(type);
        long bytes = 0;
        for (ByteBuffer part : payload) {
            bytes += part.remaining();
        }
        int key = frames.header(
                out.room(FrameWriter.MAX_HEADER_BYTES), first ? type : Opcode.CONTINUATION, last, 0, bytes);
        long done = 0;
        for (ByteBuffer part : payload) {
            if (!masks && part.remaining() >= GATHER_BYTES) {
                out.append(part.slice());
            } else {
                copy(part, key, done, out.room(Math.min(part.remaining(), GATHER_BYTES)), out);
            }
            done += part.remaining();
        }
        inProgress = last ? null : type;
    }

    /** A ping (RFC 6455 §5.5.2), also between the parts of a message. */
    public void ping(ByteBuffer payload, Output out) {
        control(Opcode.PING, payload, out);
    }

    /** A pong (RFC 6455 §5.5.3), also between the parts of a message. */
    public void pong(ByteBuffer payload, Output out) {
        control(Opcode.PONG, payload, out);
    }

    /**
     * The close frame, after which no frame may follow.
     *
     * @return what is to be done once it is written
     * @throws IllegalStateException at the second time
     */
    public CloseHandshake.Outcome close(ClosePayload payload, Output out) {
        control(Opcode.CLOSE, payload.encode(), out);
        closeSent = true;
        return closing.closeSent();
    }

    /** Whether a message has begun and its last part is still to come. */
    public boolean messageInProgress() {
        return inProgress != null;
    }

    private void control(Opcode opcode, ByteBuffer payload, Output out) {
        requireOpen();
        if (payload.remaining() > MAX_CONTROL_BYTES) {
            throw new IllegalArgumentException(
                    "A " + opcode + " carries at most 125 bytes, not " + payload.remaining() + " (RFC 6455 §5.5)");
        }
        frame(opcode, true, 0, payload, out);
    }

    /** Whether a message begins, and not goes on. */
    private boolean startOrGoOn(Opcode type) {
        requireOpen();
        if (type != Opcode.TEXT && type != Opcode.BINARY) {
            throw new IllegalArgumentException("Data is TEXT or BINARY, not " + type);
        }
        if (inProgress != null && inProgress != type) {
            throw new IllegalStateException("A message of type " + inProgress + " is in progress, so " + type
                    + " cannot be sent before its last part");
        }
        return inProgress == null;
    }

    private void requireOpen() {
        if (closeSent) {
            throw new IllegalStateException("The close frame has been sent, no frame may follow (RFC 6455 §5.5.1)");
        }
    }

    private void frame(Opcode opcode, boolean fin, int rsv, ByteBuffer payload, Output out) {
        int bytes = payload.remaining();
        boolean gather = !masks && bytes >= GATHER_BYTES;
        ByteBuffer room = out.room(FrameWriter.MAX_HEADER_BYTES + (gather ? 0 : Math.min(bytes, GATHER_BYTES)));
        int key = frames.header(room, opcode, fin, rsv, bytes);
        if (gather) {
            out.append(payload.slice());
        } else {
            copy(payload, key, 0, room, out);
        }
    }

    private static void copy(ByteBuffer payload, int key, long phase, ByteBuffer firstRoom, Output out) {
        ByteBuffer room = firstRoom;
        int from = payload.position();
        int done = 0;
        int bytes = payload.remaining();
        while (done < bytes) {
            if (!room.hasRemaining()) {
                room = out.room(Math.min(bytes - done, GATHER_BYTES));
            }
            int chunk = Math.min(bytes - done, room.remaining());
            int at = room.position();
            room.put(at, payload, from + done, chunk);
            if (key != 0) {
                Masking.apply(room, at, at + chunk, key, phase + done);
            }
            room.position(at + chunk);
            done += chunk;
        }
    }
}
