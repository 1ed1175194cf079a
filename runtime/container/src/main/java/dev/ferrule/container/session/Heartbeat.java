package dev.ferrule.container.session;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a container: a daemon thread that looks at every session ten times a second while there are any. Timeouts
 * are compared then, so a session needs no timer of its own, and is at most a tenth of a second late.
 */
final class Heartbeat implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    /** After so many beats without a session the thread ends, until the next session. */
    private static final int IDLE_BEATS = 20;

    private final LongPredicate beat;
    private @Nullable ScheduledExecutorService timer;
    private boolean closed;
    private int idleBeats;

    /**
     * A heart that does not beat yet.
     *
     * @param beat called with {@link System#nanoTime()}, answers whether there are sessions; must neither block nor throw
     */
    Heartbeat(LongPredicate beat) {
        this.beat = beat;
    }

    /** Begins to beat, when it does not yet. */
    synchronized void start() {
        idleBeats = 0;
        if (timer == null && !closed) {
            timer = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "ferrule-heartbeat");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleAtFixedRate(this::beat, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        boolean needed = beat.test(System.nanoTime());
        synchronized (this) {
            idleBeats = needed ? 0 : idleBeats + 1;
            if (idleBeats > IDLE_BEATS && timer != null) {
                timer.shutdown();
                timer = null;
            }
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
