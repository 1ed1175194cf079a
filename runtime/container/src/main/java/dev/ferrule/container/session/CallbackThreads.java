package dev.ferrule.container.session;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run application code, where it may block: virtual ones where the JDK has them, else a bounded pool of
 * daemons. Nobody but this class knows which.
 */
final class CallbackThreads implements Executor, AutoCloseable {
    /** How long a thread of the pool waits for work before it ends: bursts come together. */
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A second for what comes to its senses when it is interrupted. */
    private static final int INTERRUPTS = 100;

    private static final int BETWEEN_INTERRUPTS_MILLIS = 10;

    private final int most;
    private volatile @Nullable ExecutorService executor;
    private boolean closed;

    CallbackThreads(int most) {
        this.most = most;
    }

    /** Made at the first callback: where those run on event loops, there may never be one. */
    private synchronized ExecutorService make() {
        if (closed) {
            throw new RejectedExecutionException("The container has stopped");
        }
        ExecutorService made = executor;
        if (made == null) {
            ThreadFactory virtual = virtualThreads();
            made = virtual != null ? perTask(virtual) : new CallbackPool(most, KEEP_ALIVE_NANOS);
            executor = made;
        }
        return made;
    }

    /** The factory of virtual threads, found by reflection because we compile for JDK 17. */
    private static @Nullable ThreadFactory virtualThreads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, "ferrule-callback-", 0L);
            return (ThreadFactory) type.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException olderJdk) {
            return null;
        }
    }

    private static ExecutorService perTask(ThreadFactory factory) {
        try {
            Method method = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) method.invoke(null, factory);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("A JDK with virtual threads has no executor for them", impossible);
        }
    }

    @Override
    public void execute(Runnable work) {
        ExecutorService made = executor;
        (made == null ? make() : made).execute(work);
    }

    /** Takes no more work; what was taken still runs. */
    @Override
    public synchronized void close() {
        closed = true;
        if (executor != null) {
            executor.shutdown();
        }
    }

    /**
     * Interrupts what still runs after the grace has passed, again and again: a callback that is interrupted may be followed
     * by another one of its session. What heeds no interrupt is left to itself.
     */
    void awaitEnd(long graceMillis) {
        ExecutorService made = executor;
        if (made == null) {
            return;
        }
        try {
            boolean ended = made.awaitTermination(graceMillis, TimeUnit.MILLISECONDS);
            for (int i = 0; i < INTERRUPTS && !ended; i++) {
                made.shutdownNow();
                ended = made.awaitTermination(BETWEEN_INTERRUPTS_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            made.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
