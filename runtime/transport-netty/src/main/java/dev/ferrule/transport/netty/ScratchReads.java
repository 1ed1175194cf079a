package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Has the channels of one event loop read into its {@link Scratch}, by Netty or past it. Not for channels with TLS, whose handler
 * keeps what it cannot decode yet. Confined to the loop; the channels share one handle because they read one after the other.
 */
final class ScratchReads extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Reads from one channel before another has its turn. */
    static final int MOST_READS = 16;

    /** What a read takes from the pool while the scratch is in use. */
    static final int POOLED_BYTES = 8 * 1024;

    private final Scratch scratch;
    private final ByteBufAllocator pool;
    private final MaxMessageHandle handle = new IntoScratch();

    ScratchReads(Scratch scratch, ByteBufAllocator pool) {
        super(MOST_READS);
        this.scratch = scratch;
        this.pool = pool;
    }

    @Override
    public MaxMessageHandle newHandle() {
        return handle;
    }

    /** Memory for one read, direct and empty: the caller's to release. */
    ByteBuf allocate() {
        ByteBuf whole = scratch.take();
        return whole == null ? pool.directBuffer(POOLED_BYTES) : whole;
    }

    private final class IntoScratch extends MaxMessageHandle {
        @Override
        public int guess() {
            return POOLED_BYTES;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return ScratchReads.this.allocate();
        }
    }
}
