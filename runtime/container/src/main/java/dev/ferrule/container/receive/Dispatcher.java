package dev.ferrule.container.receive;

import dev.ferrule.container.spi.KindOfCallback;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks of one session: one at a time, in order, on a callback thread; bounded, so that a slow handler stops its
 * socket's reads and nothing else (WSC-5.1-2 to 5).
 *
 * <p>Threading: any thread submits. Its monitor protects the queue; no task runs under it.
 */
public final class Dispatcher implements KindOfCallback {
    /** Above this many bytes of waiting messages demand is withdrawn: more would only wait in our memory. */
    private static final int HIGH_BYTES = 64 << 10;

    /** Below this many bytes demand is renewed: early enough that the socket is read before the queue runs dry. */
    private static final int LOW_BYTES = 16 << 10;

    /** As above, for messages that are small. */
    private static final int HIGH_TASKS = 64;

    private static final int LOW_TASKS = 16;

    private final Executor executor;
    private final Owner owner;

    /** What waits, as a list: holds nothing while nothing waits. */
    private @Nullable Task first;

    private @Nullable Task last;
    private int waitingTasks;
    private long waitingBytes;
    private boolean running;
    private boolean full;
    private boolean ended;

    /** The session, as far as its dispatcher must know it. */
    public interface Owner {
        /** What the callbacks of sessions of the same endpoint have in common. */
        Object kindOfCallbacks();

        /** A full queue has room again; must not block. */
        void renewDemand();

        /** A task threw, which none should: there was no memory for it, perhaps. What comes behind it still runs. */
        void taskFailed(Throwable failure);
    }

    /** A callback and its place in the queue: one object, since every message is one. Submitted at most once; should not throw. */
    public abstract static class Task implements Runnable {
        private final int bytes;
        private final boolean ends;
        private @Nullable Task next;

        /**
         * A task.
         *
         * @param bytes what it keeps in memory while it waits
         */
        protected Task(int bytes) {
            this(bytes, false);
        }

        private Task(int bytes, boolean ends) {
            this.bytes = bytes;
            this.ends = ends;
        }

        /** What keeps next to nothing in memory: the beginning of a session, or what has failed in it. */
        public static Task of(Runnable work) {
            return of(work, false);
        }

        /** The end of a session: whatever is submitted after it is dropped. */
        public static Task last(Runnable work) {
            return of(work, true);
        }

        private static Task of(Runnable work, boolean ends) {
            return new Task(0, ends) {
                @Override
                public void run() {
                    work.run();
                }
            };
        }
    }

    /**
     * The dispatcher of a session.
     *
     * @param executor runs callbacks; may block
     */
    public Dispatcher(Executor executor, Owner owner) {
        this.executor = executor;
        this.owner = owner;
    }

    /**
     * Submits a callback. Behind the last one it is dropped.
     *
     * @return true when demand should be withdrawn until {@link Owner#renewDemand} is called
     * @throws RejectedExecutionException when no callback runs any more
     */
    public boolean submit(Task task) {
        boolean start;
        boolean nowFull;
        synchronized (this) {
            if (ended) {
                return true;
            }
            ended = task.ends;
            add(task);
            waitingBytes += task.bytes;
            full |= waitingBytes > HIGH_BYTES || waitingTasks > HIGH_TASKS;
            nowFull = full;
            start = !running;
            running = true;
        }
        if (start) {
            start();
        }
        return nowFull;
    }

    /** Begins again with what there was no thread for, if anything. Called now and then. */
    public void goOn() {
        synchronized (this) {
            if (running || first == null) {
                return;
            }
            running = true;
        }
        start();
    }

    /** Whether nothing waits and nothing runs. */
    public synchronized boolean isQuiet() {
        return !running && first == null;
    }

    private void add(Task task) {
        if (last == null) {
            first = task;
        } else {
            last.next = task;
        }
        last = task;
        waitingTasks++;
    }

    private void start() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException | OutOfMemoryError notBegun) {
            synchronized (this) {
                running = false; // the next one that is submitted begins both, or goOn does
            }
            throw notBegun;
        }
    }

    @Override
    public Object kind() {
        return owner.kindOfCallbacks();
    }

    /** For the executor: runs what waits; gives the thread back after a while, so that sessions share threads fairly. */
    @Override
    public void run() {
        int left = HIGH_TASKS;
        for (Task task = begin(); task != null; task = after(task, --left > 0)) {
            try {
                task.run();
            } catch (Throwable failed) {
                owner.taskFailed(failed);
            }
        }
    }

    private synchronized @Nullable Task begin() {
        return take();
    }

    /**
     * A task is done.
     *
     * @param goOn whether this run may go on; when not, and something waits, another run begins
     * @return what to run next, or null when the run is over
     */
    private @Nullable Task after(Task done, boolean goOn) {
        Task next = null;
        boolean again = false;
        boolean renew;
        synchronized (this) {
            waitingBytes -= done.bytes;
            renew = full && waitingBytes <= LOW_BYTES && waitingTasks <= LOW_TASKS;
            if (renew) {
                full = false;
            }
            if (goOn) {
                next = take();
            } else {
                again = first != null;
                running = again;
            }
        }
        if (renew) {
            owner.renewDemand();
        }
        if (again) {
            start();
        }
        return next;
    }

    /** Takes what waits longest; when nothing does, the run is over, and the next one that is submitted asks for a thread. */
    private @Nullable Task take() {
        Task task = first;
        running = task != null;
        if (task != null) {
            first = task.next;
            last = first == null ? null : last;
            waitingTasks--;
        }
        return task;
    }
}
