package dev.ferrule.container.send;

import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.CloseHandshake.Outcome;
import dev.ferrule.engine.OutboundHalf;
import dev.ferrule.engine.Output;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a session's queue, encodes and writes: the only one who does. One gathered write is under way at a time; its
 * completions are counted by bytes, not by a promise for each message.
 *
 * <p>Threading: {@link #schedule} and {@link #stalledSince} may be called by any thread; the rest is confined to the
 * connection's writer.
 */
public final class Drain implements Output, Runnable {
    /** Room to claim at a time: takes many small frames together, and lives no longer than the write. */
    private static final int CHUNK_BYTES = 8 << 10;

    private static final AtomicIntegerFieldUpdater<Drain> SCHEDULED =
            AtomicIntegerFieldUpdater.newUpdater(Drain.class, "scheduled");

    private final SendQueue queue;
    private final TransportConnection connection;
    private final OutboundHalf outbound;
    private final SendOwner owner;

    /** 1 while a run is on its way to the writer. */
    private volatile int scheduled;

    /** Null while there is nothing to write. */
    private @Nullable List<ByteBuffer> gathered;

    private @Nullable ByteBuffer current;
    private long gatheredBytes;
    private long handedOver;
    private boolean writing;
    private @Nullable Outcome closeOutcome;

    /** When the write under way last made progress, or 0 while none is. */
    private volatile long progressAt;

    Drain(SendQueue queue, TransportConnection connection, OutboundHalf outbound, SendOwner owner) {
        this.queue = queue;
        this.connection = connection;
        this.outbound = outbound;
        this.owner = owner;
    }

    /** Sees to it that the queue is drained soon. */
    void schedule() {
        if (scheduled == 0 && SCHEDULED.compareAndSet(this, 0, 1)) {
            try {
                connection.writer().execute(this);
            } catch (RejectedExecutionException ended) {
                queue.fail(); // nothing is written any more
            } catch (OutOfMemoryError noThread) {
                scheduled = 0; // the next send tries again
                throw noThread;
            }
        }
    }

    /** Since when a write has made no progress, by {@link System#nanoTime()}, or 0 while none is under way. */
    public long stalledSince() {
        return progressAt;
    }

    /** Writes what waits. */
    @Override
    public void run() {
        scheduled = 0;
        if (!writing) {
            encodeAndWrite();
        }
    }

    private void encodeAndWrite() {
        Outbound last = null;
        try {
            for (Outbound next : queue.take()) {
                last = next;
                encode(next);
            }
            write();
        } catch (Throwable broken) { // also when there is no memory for it
            try {
                giveBackAll();
                if (last != null) {
                    last.completion().failed(broken);
                }
            } finally {
                owner.sendingFailed(broken);
            }
        }
    }

    /** Half a frame may be out: on this connection nothing can follow, and the buffers are free for others. */
    private void giveBackAll() {
        finishCurrent();
        if (gathered != null) {
            gathered.forEach(connection::giveBack);
            gathered = null;
            gatheredBytes = 0;
        }
    }

    private void encode(Outbound next) {
        if (next instanceof Outbound.Data message) {
            outbound.data(message.type(), message.payload(), message.last(), message.compress(), this);
        } else if (next instanceof Outbound.Control frame) {
            if (frame.type() == Opcode.PING) {
                outbound.ping(frame.payload(), this);
            } else {
                outbound.pong(frame.payload(), this);
            }
        } else if (next instanceof Outbound.Close close) {
            closeOutcome = outbound.close(close.payload(), this);
        }
    }

    private void write() {
        finishCurrent();
        List<ByteBuffer> buffers = gathered;
        if (buffers == null) {
            // Only marks, or nothing: complete at once.
            queue.written(false);
            return;
        }
        gathered = null;
        handedOver += gatheredBytes;
        gatheredBytes = 0;
        writing = true;
        try {
            connection.write(buffers);
        } catch (Throwable broken) {
            buffers.forEach(connection::giveBack);
            throw broken;
        }
        if (writing) {
            progressAt = Math.max(1, System.nanoTime());
        } else { // most writes are complete already
            tellOfClose();
        }
    }

    private void tellOfClose() {
        Outcome outcome = closeOutcome;
        if (outcome != null) {
            closeOutcome = null;
            owner.closeFrameSent(outcome);
        }
    }

    /** The socket took bytes: completes what they were, and goes on. */
    public void onWritten(long total) {
        if (total < handedOver) {
            progressAt = Math.max(1, System.nanoTime());
            return;
        }
        if (writing) {
            writing = false;
            boolean took = progressAt != 0;
            if (took) { // most writes are complete before it is set, and setting it costs more than asking
                progressAt = 0;
            }
            queue.written(took);
            if (took) { // else within the call that writes, which goes on with it
                tellOfClose();
            }
        }
    }

    @Override
    public ByteBuffer room(int minBytes) {
        ByteBuffer buffer = current;
        if (buffer == null || buffer.remaining() < minBytes) {
            finishCurrent();
            buffer = connection.claim(Math.max(minBytes, CHUNK_BYTES));
            current = buffer;
        }
        return buffer;
    }

    @Override
    public void append(ByteBuffer payload) {
        finishCurrent();
        gather(payload);
    }

    private void gather(ByteBuffer bytes) {
        if (gathered == null) {
            gathered = new ArrayList<>(2);
        }
        gathered.add(bytes);
        gatheredBytes += bytes.remaining();
    }

    private void finishCurrent() {
        ByteBuffer buffer = current;
        if (buffer != null) {
            current = null;
            buffer.flip();
            if (buffer.hasRemaining()) {
                gather(buffer);
            } else {
                connection.giveBack(buffer);
            }
        }
    }
}
