package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several transforms as one: what is sent goes through them in the order of the server's answer, what arrives in the
 * opposite order (RFC 6455 §9.1). {@link #bitsSet} tells which reserved bits the message being sent has earned.
 */
public final class TransformChain implements FrameTransform {
    /** Bytes on their way from one transform to the next. */
    private static final int BETWEEN_BYTES = 8 * 1024;

    private final FrameTransform first;
    private final @Nullable TransformChain rest;
    private final int rsvBits;

    private boolean firstInbound;
    private boolean restInbound;
    private boolean firstOutbound;
    private boolean restOutbound;
    private @Nullable ByteBuffer between;
    /** Whether the rest of the chain has more for {@link #between} from the present source. */
    private boolean restPending;
    /** Whether the next call goes on with the present source. */
    private boolean resumed;

    private TransformChain(FrameTransform first, @Nullable TransformChain rest) {
        this.first = first;
        this.rest = rest;
        this.rsvBits = first.rsvBits() | (rest == null ? 0 : rest.rsvBits);
        if (rest != null && (first.rsvBits() & rest.rsvBits) != 0) {
            throw new IllegalArgumentException("Two extensions of one connection want the same reserved bit");
        }
    }

    /** The chain of these transforms, or null when there are none. */
    public static @Nullable TransformChain of(List<FrameTransform> transforms) {
        TransformChain chain = null;
        for (int i = transforms.size() - 1; i >= 0; i--) {
            chain = new TransformChain(transforms.get(i), chain);
        }
        return chain;
    }

    @Override
    public int rsvBits() {
        return rsvBits;
    }

    @Override
    public boolean beginInbound(Opcode opcode, int bits) throws ProtocolViolation {
        restInbound = rest != null && rest.beginInbound(opcode, bits & rest.rsvBits);
        firstInbound = first.beginInbound(opcode, bits & first.rsvBits());
        restPending = false;
        resumed = false;
        between = null;
        return firstInbound || restInbound;
    }

    @Override
    public boolean inbound(ByteBuffer source, ByteBuffer target, boolean last) throws ProtocolViolation {
        if (rest == null || !restInbound) {
            return first.inbound(source, target, last);
        }
        if (!firstInbound) {
            return rest.inbound(source, target, last);
        }
        if (between == null) {
            between = ByteBuffer.allocate(BETWEEN_BYTES).limit(0);
        }
        restPending |= !resumed || source.hasRemaining(); // what came since the target was full is new to the rest
        resumed = both(source, between, target, last);
        return resumed;
    }

    private boolean both(ByteBuffer source, ByteBuffer between, ByteBuffer target, boolean last)
            throws ProtocolViolation {
        while (true) {
            if (!between.hasRemaining() && restPending) {
                between.clear();
                restPending = Objects.requireNonNull(rest).inbound(source, between, last);
                between.flip();
            }
            if (first.inbound(between, target, last && !restPending)) {
                return true;
            }
            if (!restPending || !target.hasRemaining()) {
                return restPending;
            }
        }
    }

    @Override
    public boolean beginOutbound(Opcode opcode, boolean compress) {
        firstOutbound = first.beginOutbound(opcode, compress);
        restOutbound = rest != null && rest.beginOutbound(opcode, compress);
        return firstOutbound || restOutbound;
    }

    @Override
    public @Nullable ByteBuffer outbound(ByteBuffer part, boolean last) {
        ByteBuffer result = null;
        if (firstOutbound) {
            result = first.outbound(part.duplicate(), last);
            firstOutbound = result != null;
        }
        if (restOutbound) {
            ByteBuffer further = Objects.requireNonNull(rest).outbound(result == null ? part : result, last);
            restOutbound = further != null;
            result = further == null ? result : further;
        }
        return result;
    }

    /** The reserved bits for the first frame of the message being sent; valid after its first part. */
    public int bitsSet() {
        return (firstOutbound ? first.rsvBits() : 0) | (rest != null && restOutbound ? rest.bitsSet() : 0);
    }

    @Override
    public void close() {
        try {
            first.close();
        } finally {
            if (rest != null) {
                rest.close();
            }
        }
    }
}
