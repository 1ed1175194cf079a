package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate on one connection: two directions that share nothing. Each is made when its first message comes, because
 * most connections that negotiate compression are idle.
 */
final class DeflateTransform implements FrameTransform {
    private final Directions directions;
    private @Nullable MessageDeflater deflater;
    private @Nullable MessageInflater inflater;
    private boolean closed;

    /** What was agreed, for any number of connections: what makes the directions of one. */
    record Directions(Supplier<MessageDeflater> outbound, Supplier<MessageInflater> inbound) {}

    DeflateTransform(Directions directions) {
        this.directions = directions;
    }

    @Override
    public int rsvBits() {
        return RSV1;
    }

    @Override
    public boolean beginInbound(Opcode opcode, int bits) {
        return bits != 0;
    }

    @Override
    public boolean inbound(ByteBuffer source, ByteBuffer target, boolean last) throws ProtocolViolation {
        return inflater().inflate(source, target, last);
    }

    @Override
    public boolean beginOutbound(Opcode opcode, boolean compress) {
        if (compress) {
            deflater().begin();
        }
        return compress;
    }

    @Override
    public @Nullable ByteBuffer outbound(ByteBuffer part, boolean last) {
        return deflater().deflate(part, last);
    }

    private synchronized MessageDeflater deflater() {
        if (deflater == null) {
            requireOpen();
            deflater = directions.outbound().get();
        }
        return deflater;
    }

    private synchronized MessageInflater inflater() {
        if (inflater == null) {
            requireOpen();
            inflater = directions.inbound().get();
        }
        return inflater;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The connection has been closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (deflater != null) {
            deflater.close();
        }
        if (inflater != null) {
            inflater.close();
        }
    }
}
