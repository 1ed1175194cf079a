package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unfolds compressed messages (RFC 7692 §7.2.2). Between messages it holds no zlib state: the context is the last bytes
 * of what was unfolded, and an inflater that is given them goes on as if it had seen them itself. The same serves after
 * a block that says it is the final one (§7.2.3.4), within a message and from one to the next.
 *
 * <p>One thread at a time; {@link #close} may come from another.
 */
final class MessageInflater {
    /**
     * What follows a message's payload: the end of the empty block that the sender has cut off (RFC 7692 §7.2.2), and an
     * empty final block of ours. The inflater finishes exactly there only if the message was whole, so that a cut one is
     * told from a complete one, and can spoil no other. If the block that was cut off was itself final, ours is left over.
     */
    private static final byte[] END = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    private static final int FINAL_BLOCK_BYTES = 5;

    private static final String NOT_DEFLATE = "The data is not in DEFLATE's format";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ZlibPool<Inflater> pool;
    private final boolean takeover;
    private final History history;
    private @Nullable Inflater inflater;
    /** Whether the inflater is between two blocks, because it has seen none. */
    private boolean fresh;

    /** Whether the data is known to be wrong behind what was unfolded last. */
    private boolean broken;

    private boolean closed;

    MessageInflater(ZlibPool<Inflater> pool, int windowBits, boolean takeover) {
        this.pool = pool;
        this.takeover = takeover;
        this.history = new History(1 << windowBits);
    }

    /** As {@link FrameTransform#inbound}. */
    synchronized boolean inflate(ByteBuffer source, ByteBuffer target, boolean last) throws ProtocolViolation {
        if (closed) {
            throw new IllegalStateException("The connection has been closed");
        }
        if (inflater == null) {
            inflater = pool.take();
            begin(inflater);
        }
        if (broken) {
            throw violation(NOT_DEFLATE);
        }
        int from = target.position();
        try {
            return inflate(inflater, source, target, last);
        } catch (DataFormatException e) {
            // What is right before the fault counts, however the bytes were sliced: the fault waits for the next call.
            if (target.position() == from) {
                throw violation(NOT_DEFLATE);
            }
            broken = true;
            return true;
        } finally {
            if (inflater != null) {
                inflater.setInput(NOTHING);
            }
        }
    }

    synchronized void close() {
        closed = true;
        release();
    }

    private boolean inflate(Inflater zlib, ByteBuffer source, ByteBuffer target, boolean last)
            throws DataFormatException, ProtocolViolation {
        int from = target.position();
        boolean more = true;
        zlib.setInput(source);
        while (more && target.hasRemaining()) {
            int before = source.position();
            zlib.inflate(target);
            fresh &= source.position() == before;
            if (zlib.finished()) {
                history.append(target, from, target.position());
                from = target.position();
                zlib.reset();
                begin(zlib);
                zlib.setInput(source);
                more = source.hasRemaining();
            } else {
                more = !target.hasRemaining();
            }
        }
        boolean ended = last && !more;
        if (ended) {
            end(zlib, target);
        }
        if (takeover || !ended) {
            history.append(target, from, target.position());
        }
        if (ended) {
            release();
        }
        return more;
    }

    private void begin(Inflater zlib) {
        if (history.count() > 0) {
            zlib.setDictionary(history.bytes(), 0, history.count());
        }
        fresh = true;
    }

    private void end(Inflater zlib, ByteBuffer target) throws DataFormatException, ProtocolViolation {
        if (fresh) {
            return;
        }
        zlib.setInput(END);
        int surplus = zlib.inflate(target);
        int left = zlib.getRemaining();
        if (surplus > 0 || !zlib.finished() || left != 0 && left != FINAL_BLOCK_BYTES) {
            throw violation("The data ends within a DEFLATE block");
        }
    }

    private void release() {
        if (inflater != null) {
            pool.giveBack(inflater);
            inflater = null;
        }
        if (!takeover || closed) {
            history.clear();
        }
    }

    private static ProtocolViolation violation(String message) {
        return new ProtocolViolation(1007, "A compressed message is broken: " + message, "RFC 7692 §7.2.2");
    }
}
