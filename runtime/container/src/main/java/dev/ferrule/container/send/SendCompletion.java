package dev.ferrule.container.send;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one send: written, failed, timed out, or overtaken by the connection's end. The first outcome wins, and is
 * reported exactly once, never under a lock.
 */
abstract class SendCompletion {
    private static final AtomicIntegerFieldUpdater<SendCompletion> SETTLED =
            AtomicIntegerFieldUpdater.newUpdater(SendCompletion.class, "settled");

    /** 1 from the first outcome on. */
    private volatile int settled;

    /** When the send times out, by {@link System#nanoTime()}, or {@link Long#MAX_VALUE} for never. */
    private long deadline = Long.MAX_VALUE;

    /** Nobody wants to know. */
    static SendCompletion ignored() {
        return new SendCompletion() {
            @Override
            void report(@Nullable Throwable failure) {}
        };
    }

    /** The socket took every byte. */
    final void written() {
        finish(null);
    }

    /** It will never be written whole. */
    final void failed(Throwable failure) {
        finish(failure);
    }

    private void finish(@Nullable Throwable failure) {
        if (SETTLED.compareAndSet(this, 0, 1)) {
            report(failure);
        }
    }

    final boolean isSettled() {
        return settled != 0;
    }

    final void timeOutAt(long nanoTime) {
        deadline = nanoTime;
    }

    /** As {@link #timeOutAt} was told. */
    final long deadline() {
        return deadline;
    }

    final boolean isLate(long now) {
        return deadline != Long.MAX_VALUE && now - deadline >= 0;
    }

    /** Reports the outcome: null for written. Called once; must neither block nor run application code on this thread. */
    abstract void report(@Nullable Throwable failure);
}
