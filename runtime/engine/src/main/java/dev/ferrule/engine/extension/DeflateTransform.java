package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** permessage-deflate on one connection: two directions that share nothing. */
final class DeflateTransform implements FrameTransform {
    private final MessageDeflater deflater;
    private final MessageInflater inflater;

    DeflateTransform(MessageDeflater deflater, MessageInflater inflater) {
        this.deflater = deflater;
        this.inflater = inflater;
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
        return inflater.inflate(source, target, last);
    }

    @Override
    public boolean beginOutbound(Opcode opcode, boolean compress) {
        if (compress) {
            deflater.begin();
        }
        return compress;
    }

    @Override
    public @Nullable ByteBuffer outbound(ByteBuffer part, boolean last) {
        return deflater.deflate(part, last);
    }

    @Override
    public void close() {
        deflater.close();
        inflater.close();
    }
}
