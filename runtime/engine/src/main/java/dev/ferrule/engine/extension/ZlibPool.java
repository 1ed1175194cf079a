package dev.ferrule.engine.extension;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Native zlib states that nobody uses just now. Keeps as many idle ones as there are processors: more cannot be at work
 * at once for long. Every state that was made is ended once. Thread-safe.
 */
final class ZlibPool<T> {
    private final Supplier<T> make;
    private final Consumer<T> reset;
    private final Consumer<T> end;
    private final int mostIdle = Runtime.getRuntime().availableProcessors();
    private final Deque<T> idle = new ArrayDeque<>();
    private int live;
    private boolean closed;

    ZlibPool(Supplier<T> make, Consumer<T> reset, Consumer<T> end) {
        this.make = make;
        this.reset = reset;
        this.end = end;
    }

    /** A state as new; {@link #giveBack} follows. */
    T take() {
        T state = takeIdle();
        return state == null ? make.get() : state;
    }

    private synchronized @Nullable T takeIdle() {
        T state = idle.pollFirst();
        live += state == null ? 1 : 0;
        return state;
    }

    /** Resets a state for the next user, or ends it when there are enough. */
    void giveBack(T state) {
        reset.accept(state);
        if (!keep(state)) {
            end.accept(state);
        }
    }

    private synchronized boolean keep(T state) {
        if (closed || idle.size() >= mostIdle) {
            live--;
            return false;
        }
        idle.addFirst(state);
        return true;
    }

    synchronized int live() {
        return live;
    }

    synchronized void close() {
        closed = true;
        live -= idle.size();
        idle.forEach(end);
        idle.clear();
    }
}
