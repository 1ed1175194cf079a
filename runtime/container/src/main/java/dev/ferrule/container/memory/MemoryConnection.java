package dev.ferrule.container.memory;

import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.TransportConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in memory. What one end writes is delivered to the other as one chunk, and counts as written when
 * the other end has consumed it: the strictest back pressure there is.
 *
 * <p>Threading: everything of one end happens in its tasks, which run one at a time; the ends talk to each other by tasks.
 */
final class MemoryConnection implements TransportConnection {
    private final Executor threads;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    private @Nullable MemoryConnection peer;
    private @Nullable ConnectionListener listener;
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private boolean reading = true;
    private boolean peerEnded;
    private boolean eofTold;
    private boolean ended;
    private boolean finishing;
    private long submitted;
    private long written;

    MemoryConnection(Executor threads) {
        this.threads = threads;
    }

    void join(MemoryConnection other) {
        peer = other;
    }

    void open(ConnectionListener opened) {
        execute(() -> {
            if (ended) {
                opened.onFailure(new IOException("The connection broke before it was open"));
                return;
            }
            listener = opened;
            opened.onOpen(this);
            deliver();
        });
    }

    @Override
    public ByteBuffer claim(int minBytes) {
        return ByteBuffer.allocate(minBytes);
    }

    @Override
    public void giveBack(ByteBuffer claimed) {}

    @Override
    public void write(List<ByteBuffer> buffers) {
        int bytes = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer chunk = ByteBuffer.allocate(bytes);
        buffers.forEach(buffer -> chunk.put(buffer.duplicate()));
        submitted += bytes;
        if (!ended) {
            MemoryConnection other = other();
            other.execute(() -> other.receive(chunk.flip()));
        }
    }

    private void receive(ByteBuffer chunk) {
        arrived.add(chunk);
        deliver();
    }

    private void deliver() {
        ConnectionListener current = listener;
        while (current != null && reading && !ended && !arrived.isEmpty()) {
            ByteBuffer chunk = arrived.getFirst();
            int before = chunk.remaining();
            reading = current.onBytes(chunk);
            consumed(before - chunk.remaining());
            if (!chunk.hasRemaining()) {
                arrived.removeFirst();
            }
        }
        if (current != null && peerEnded && arrived.isEmpty() && reading && !ended && !eofTold) {
            eofTold = true;
            current.onEof();
        }
    }

    private void consumed(int bytes) {
        if (bytes > 0) {
            MemoryConnection other = other();
            other.execute(() -> other.accepted(bytes));
        }
    }

    private void accepted(int bytes) {
        written += bytes;
        if (listener != null && !ended) {
            listener.onWritten(written);
        }
        finishIfWritten();
    }

    @Override
    public Executor writer() {
        return this::execute;
    }

    @Override
    public boolean onTransportThread() {
        return false;
    }

    @Override
    public void resumeReading() {
        execute(() -> {
            ConnectionListener current = listener;
            if (!reading && current != null && !ended) {
                // The listener may hold something back itself, so it is called even when no byte is left.
                reading = arrived.isEmpty() ? current.onBytes(ByteBuffer.allocate(0)) : true;
                deliver();
            }
        });
    }

    @Override
    public void finish(boolean inputOver) {
        execute(() -> {
            finishing = true;
            finishIfWritten();
        });
    }

    private void finishIfWritten() {
        if (finishing && written == submitted && !ended) {
            ended = true;
            arrived.clear();
            MemoryConnection other = other();
            other.execute(() -> {
                other.peerEnded = true;
                other.deliver();
            });
        }
    }

    @Override
    public void abort() {
        execute(() -> {
            if (!ended) {
                ended = true;
                arrived.clear();
                MemoryConnection other = other();
                other.execute(() -> other.broken(new IOException("The peer cut the connection")));
            }
        });
    }

    private void broken(IOException cause) {
        if (!ended) {
            ended = true;
            arrived.clear();
            if (listener != null) {
                listener.onFailure(cause);
            }
        }
    }

    private MemoryConnection other() {
        return Objects.requireNonNull(peer);
    }

    private void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            threads.execute(this::runTasks);
        } catch (RejectedExecutionException closed) {
            // The transport is closed: this connection is over, and nobody waits for its tasks any more.
            synchronized (tasks) {
                tasks.clear();
                running = false;
            }
        }
    }

    private void runTasks() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            task.run();
        }
    }
}
