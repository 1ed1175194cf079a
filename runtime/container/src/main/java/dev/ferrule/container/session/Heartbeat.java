package dev.ferrule.container.session;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a container: a daemon thread that looks at every session ten times a second while there are any. Timeouts
 * are compared then, so a session needs no timer of its own, and is at most a tenth of a second late.
 */
final class Heartbeat implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final LongConsumer beat;
    private @Nullable ScheduledExecutorService timer;
    private boolean closed;

    /**
     * A heart that does not beat yet.
     *
     * @param beat called with {@link System#nanoTime()}; must neither block nor throw
     */
    Heartbeat(LongConsumer beat) {
        this.beat = beat;
    }

    /** Begins to beat, when it does not yet. */
    synchronized void start() {
        if (timer == null && !closed) {
            timer = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "ferrule-heartbeat");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleAtFixedRate(
                    () -> beat.accept(System.nanoTime()), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
