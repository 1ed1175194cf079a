package dev.ferrule.container.send;

import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.CloseHandshake.Outcome;
import dev.ferrule.engine.OutboundHalf;
import dev.ferrule.engine.Output;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a session's queue, encodes and writes: the only one who does. One gathered write is under way at a time; its
 * completions are counted by bytes, not by a promise for each message.
 *
 * <p>Threading: {@link #schedule}, {@link #fail}, {@link #late} and {@link #stalledSince} may be called by any thread; the
 * rest is confined to the connection's writer.
 */
public final class Drain implements Output {
    /** One write gathers about this much: a few system calls a megabyte, without keeping control frames waiting. */
    private static final int BATCH_BYTES = 64 << 10;

    /** Room to claim at a time: takes many small frames together, and lives no longer than the write. */
    private static final int CHUNK_BYTES = 8 << 10;

    private static final AtomicIntegerFieldUpdater<Drain> SCHEDULED =
            AtomicIntegerFieldUpdater.newUpdater(Drain.class, "scheduled");

    private final SendQueue queue;
    private final TransportConnection connection;
    private final OutboundHalf outbound;

    /** 1 while a run is on its way to the writer. */
    private volatile int scheduled;

    /** What the write under way carries, null until the first; also read by {@link #fail} and {@link #late}: under the monitor. */
    private @Nullable List<Outbound> underWay;

    /** Null while there is nothing to write. */
    private @Nullable List<ByteBuffer> gathered;

    private @Nullable ByteBuffer current;
    private long gatheredBytes;
    private long handedOver;
    private boolean writing;
    private boolean failed;
    private @Nullable Outcome closeOutcome;

    /** When the write under way last made progress, or 0 while none is. */
    private volatile long progressAt;

    Drain(SendQueue queue, TransportConnection connection, OutboundHalf outbound) {
        this.queue = queue;
        this.connection = connection;
        this.outbound = outbound;
    }

    /** Sees to it that the queue is drained soon. */
    void schedule() {
        if (scheduled == 0 && SCHEDULED.compareAndSet(this, 0, 1)) {
            connection.writer().execute(this::run);
        }
    }

    /** Since when a write has made no progress, by {@link System#nanoTime()}, or 0 while none is under way. */
    public long stalledSince() {
        return progressAt;
    }

    private void run() {
        scheduled = 0;
        if (!writing) {
            encodeAndWrite();
        }
    }

    private void encodeAndWrite() {
        while (gatheredBytes < BATCH_BYTES) {
            Outbound next = queue.next();
            if (next == null) {
                break;
            }
            if (next.completion().isSettled()) {
                // Timed out while it waited, or dropped. A part must go all the same, or its message would never end.
                if (!(next instanceof Outbound.Data part) || part.message() == null) {
                    queue.sent(next.cost());
                    continue;
                }
            }
            try {
                encode(next);
            } catch (RuntimeException broken) {
                // Half a frame may be out: this connection is lost, and only this one.
                next.completion().failed(broken);
                connection.abort();
                return;
            }
            track(next);
        }
        write();
    }

    private void track(Outbound next) {
        synchronized (this) {
            if (!failed) {
                if (underWay == null) {
                    underWay = new ArrayList<>(0);
                }
                underWay.add(next);
                return;
            }
        }
        next.completion().failed(queue.refusal());
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
            complete();
            return;
        }
        gathered = null;
        handedOver += gatheredBytes;
        gatheredBytes = 0;
        writing = true;
        connection.write(buffers);
        if (writing) { // most writes are complete already
            progressAt = Math.max(1, System.nanoTime());
        }
        Outcome outcome = closeOutcome;
        if (outcome != null) {
            closeOutcome = null;
            queue.closeFrameSent(outcome);
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
            progressAt = 0;
            if (complete()) {
                // Through the executor: a transport that completes writes at once must not recurse.
                schedule();
            }
        }
    }

    /** What was under way has been written; true when more waits. */
    private boolean complete() {
        List<Outbound> done;
        synchronized (this) {
            if (underWay == null || underWay.isEmpty()) {
                return false;
            }
            done = List.copyOf(underWay);
            underWay.clear();
        }
        long bytes = 0;
        for (Outbound item : done) {
            bytes += item.cost();
        }
        boolean more = queue.sent(bytes);
        done.forEach(item -> item.completion().written());
        return more;
    }

    /** The connection is over: what was being written, which has failed, and is now the caller's. */
    List<Outbound> fail() {
        List<Outbound> lost;
        synchronized (this) {
            lost = underWay == null ? List.of() : underWay;
            underWay = null;
            failed = true;
        }
        progressAt = 0;
        return lost;
    }

    /** What is being written and late. */
    List<Outbound> late(long now) {
        synchronized (this) {
            return underWay == null
                    ? List.of()
                    : underWay.stream()
                            .filter(item -> item.completion().isLate(now)
                                    && !item.completion().isSettled())
                            .toList();
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
