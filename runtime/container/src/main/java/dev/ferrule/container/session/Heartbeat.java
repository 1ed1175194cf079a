package dev.ferrule.container.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
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

    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

    private final LongPredicate beat;
    private final ThreadFactory threads;
    private @Nullable Thread thread;
    private boolean closed;
    private int idleBeats;

    /**
     * A heart that does not beat yet.
     *
     * @param beat called with {@link System#nanoTime()}, answers whether there are sessions; must not block
     */
    Heartbeat(LongPredicate beat) {
        this(beat, Heartbeat::daemon);
    }

    /** As above, with threads from elsewhere. */
    Heartbeat(LongPredicate beat, ThreadFactory threads) {
        this.beat = beat;
        this.threads = threads;
    }

    /** Begins to beat, when it does not yet. Where there is no thread to be had, the next call tries again. */
    synchronized void start() {
        idleBeats = 0;
        if (thread == null && !closed) {
            try {
                Thread made = threads.newThread(this::run);
                made.start();
                thread = made;
            } catch (OutOfMemoryError noThread) {
                tell("There is no thread for the clock of the sessions: nothing times out for now", noThread);
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread made = new Thread(null, work, "ferrule-heartbeat", 0, false);
        made.setDaemon(true);
        return made;
    }

    private void run() {
        try {
            do {
                Thread.sleep(PERIOD_MILLIS);
            } while (goesOn(beats()));
        } catch (InterruptedException stopped) {
            // The container has closed.
        }
    }

    /** Whether there are sessions; behind a beat that fails comes another one. */
    private boolean beats() {
        try {
            return beat.test(System.nanoTime());
        } catch (Throwable failed) {
            tell("The clock of the sessions could not look at them", failed);
            return true;
        }
    }

    private static void tell(String what, Throwable failed) {
        try {
            LOG.log(Level.ERROR, what, failed);
        } catch (Throwable unwritten) {
            // There is nobody left to tell.
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
