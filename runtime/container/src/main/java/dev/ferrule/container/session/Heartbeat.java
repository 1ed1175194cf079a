package dev.ferrule.container.session;

import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a container: a daemon thread that beats ten times a second while there are sessions. Their timeouts are
 * compared then ({@link Rounds}), so that no session needs a timer of its own.
 */
final class Heartbeat implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    /** After so many beats without a session the thread ends, until the next session. */
    private static final int IDLE_BEATS = 20;

    private final LongPredicate beat;
    private @Nullable Thread thread;
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
        if (thread == null && !closed) {
            thread = new Thread(null, this::run, "ferrule-heartbeat", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                Thread.sleep(PERIOD_MILLIS);
            } while (goesOn(beat.test(System.nanoTime())));
        } catch (InterruptedException stopped) {
            // The container has closed.
        }
    }

    private synchronized boolean goesOn(boolean needed) {
        idleBeats = needed ? 0 : idleBeats + 1;
        if (idleBeats > IDLE_BEATS) {
            thread = null;
        }
        return thread != null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }
}
