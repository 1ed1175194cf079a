package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one event loop for bytes that are gone before the next ones come: nearly all that is read is consumed at once, and
 * nearly all that is encoded is written at once. Who finds it in use takes a buffer of the pool; the first who does starts it,
 * which takes longer than a whole handshake. Confined to its loop, but for the release of what it gave away.
 */
final class Scratch {
    /** As much as one read or one gathered write moves. */
    static final int BYTES = 64 * 1024;

    /** Made at the first use; never released by us, and freed by the garbage collector. */
    private @Nullable ByteBuf memory;

    private ByteBuffer view = ByteBuffer.allocate(0);

    /** Knows where it is: on newer JDKs Netty asks for that anew at each read and each write. */
    private static final class Placed extends UnpooledDirectByteBuf {
        private final long address;

        Placed(ByteBuffer memory) {
            super(UnpooledByteBufAllocator.DEFAULT, memory, memory.capacity());
            address = hasMemoryAddress() ? super.memoryAddress() : 0;
        }

        @Override
        public long memoryAddress() {
            return address;
        }
    }

    /** The memory, empty and retained for the caller, who releases it or hands it on; null while somebody has it. */
    @Nullable
    ByteBuf take() {
        ByteBuf whole = memory;
        if (whole == null) {
            whole = new Placed(ByteBuffer.allocateDirect(BYTES));
            memory = whole;
            view = whole.nioBuffer(0, BYTES);
        }
        return whole.refCnt() == 1 ? whole.clear().retain() : null;
    }

    /** What was taken, as a buffer to encode into: always the same one. */
    ByteBuffer view() {
        return view.clear();
    }

    /** Readable bytes as a buffer to read from, which is always the same one when they are in this memory. */
    @SuppressWarnings("ReferenceEquality") // buffers with equal content are different buffers
    ByteBuffer view(ByteBuf bytes) {
        return bytes == memory ? view().position(bytes.readerIndex()).limit(bytes.writerIndex()) : bytes.nioBuffer();
    }

    /** The bytes in this memory where that is free, else as they are: the caller's to release. */
    ByteBuf holding(byte[] bytes) {
        ByteBuf own = bytes.length <= BYTES ? take() : null;
        if (own == null) {
            return Unpooled.wrappedBuffer(bytes);
        }
        view().put(bytes);
        return own.writerIndex(bytes.length);
    }

    /** The bytes themselves, or a copy that may be kept when they are in this memory, which is given back. */
    @SuppressWarnings("ReferenceEquality") // buffers with equal content are different buffers
    ByteBuf keepable(ByteBuf bytes) {
        if (bytes != memory) {
            return bytes;
        }
        try {
            return bytes.copy();
        } finally {
            bytes.release();
        }
    }
}
