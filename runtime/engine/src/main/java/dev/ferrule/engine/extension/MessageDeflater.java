package dev.ferrule.engine.extension;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages (RFC 7692 §7.2.1). A deflater is taken when the first message needs one; without context takeover
 * it goes back after each message.
 *
 * <p>The JDK's deflater always has a window of 15 bits. A smaller one is kept by a full flush after every so many bytes:
 * no reference reaches back over it.
 *
 * <p>One thread at a time; {@link #close} may come from another.
 */
final class MessageDeflater {
    /** What a sync flush ends with, and a message leaves away. */
    private static final int TAIL_BYTES = 4;
    /** zlib wants more than six bytes of room while it flushes, else it repeats the flush marker for ever. */
    private static final int LEAST_ROOM = 64;
    /** The first byte of an empty stored block: all that is left of one when its tail is taken away. */
    private static final byte EMPTY_BLOCK = 0;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NO_BYTES = {};

    private final ZlibPool<Deflater> pool;
    private final int thresholdBytes;
    private final boolean takeover;
    /** How many bytes may come between two full flushes. */
    private final int windowBytes;

    private @Nullable Deflater deflater;
    private int sinceFullFlush;
    private boolean first;
    private boolean closed;

    private byte[] out = NO_BYTES;
    private int count;

    MessageDeflater(ZlibPool<Deflater> pool, DeflateSettings settings, int windowBits, boolean takeover) {
        this.pool = pool;
        this.thresholdBytes = settings.thresholdBytes();
        this.takeover = takeover;
        this.windowBytes = windowBits == DeflateParameters.MAX_WINDOW_BITS ? Integer.MAX_VALUE : 1 << windowBits;
    }

    /** A message begins. */
    synchronized void begin() {
        first = true;
    }

    /** As {@link FrameTransform#outbound}. */
    synchronized @Nullable ByteBuffer deflate(ByteBuffer part, boolean last) {
        if (closed) {
            throw new IllegalStateException("The connection has been closed");
        }
        boolean whole = first && last;
        first = false;
        int bytes = part.remaining();
        if (whole && bytes < thresholdBytes) {
            return null;
        }
        out = new byte[bytes / 4 + LEAST_ROOM];
        count = 0;
        if (bytes > 0) {
            deflater = deflater == null ? pool.take() : deflater;
            compress(deflater, part);
        }
        if (last) {
            cutTail();
        }
        if (last && !takeover) {
            release();
        }
        ByteBuffer result = ByteBuffer.wrap(out, 0, count);
        out = NO_BYTES;
        if (whole && count >= bytes) {
            forget();
            return null;
        }
        return result;
    }

    synchronized void close() {
        closed = true;
        release();
    }

    private void compress(Deflater zlib, ByteBuffer part) {
        int end = part.limit();
        while (part.hasRemaining()) {
            int chunk = Math.min(part.remaining(), windowBytes - sinceFullFlush);
            part.limit(part.position() + chunk);
            zlib.setInput(part);
            sinceFullFlush += windowBytes == Integer.MAX_VALUE ? 0 : chunk;
            if (sinceFullFlush == windowBytes) {
                drain(zlib, Deflater.FULL_FLUSH);
                sinceFullFlush = 0;
            } else {
                drain(zlib, Deflater.SYNC_FLUSH);
            }
            part.limit(end);
        }
        zlib.setInput(NOTHING);
    }

    private void drain(Deflater zlib, int flush) {
        do {
            if (out.length - count < LEAST_ROOM) {
                out = Arrays.copyOf(out, out.length + Math.max(LEAST_ROOM, out.length));
            }
            count += zlib.deflate(out, count, out.length - count, flush);
        } while (count == out.length);
    }

    /** The last part of a message ends with a flush that found nothing: then an empty block stands for it. */
    private void cutTail() {
        if (count == 0) {
            out[0] = EMPTY_BLOCK;
            count = 1;
        } else {
            count -= TAIL_BYTES;
        }
    }

    /** The peer will not see what the deflater has seen. */
    private void forget() {
        if (deflater != null) {
            deflater.reset();
        }
        sinceFullFlush = 0;
    }

    private void release() {
        if (deflater != null) {
            pool.giveBack(deflater);
            deflater = null;
        }
        sinceFullFlush = 0;
    }
}
