package dev.ferrule.container.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool that reuses its threads before it makes new ones, and keeps a spare one as long as any of them works: who
 * takes the last idle thread's place makes the next one. So who submits, which may be an event loop, starts none but the
 * first; to start a thread is to wait until the system runs it.
 *
 * <p>Threading: any thread. A lock protects lists and counters; no task runs under it.
 */
final class CallbackPool extends AbstractExecutorService {
    private final int most;
    private final long keepAliveNanos;
    private final BiFunction<Runnable, String, Thread> threadMaker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Set<Thread> threads = new HashSet<>();

    /** Threads that wait for work, or are about to. */
    private int free;

    private int named;
    private boolean shutdown;

    /**
     * A pool without threads.
     *
     * @param most so many threads at most
     * @param keepAliveNanos how long a thread waits for work before it ends
     */
    CallbackPool(int most, long keepAliveNanos) {
        this(most, keepAliveNanos, (work, name) -> new Thread(null, work, name, 0, false));
    }

    /** As above, with threads from elsewhere: for what they run, and their name. */
    CallbackPool(int most, long keepAliveNanos, BiFunction<Runnable, String, Thread> threadMaker) {
        this.most = most;
        this.keepAliveNanos = keepAliveNanos;
        this.threadMaker = threadMaker;
    }

    /** Takes a task. One that is refused, also because there is no memory for its thread, is not run. */
    @Override
    public void execute(Runnable task) {
        try {
            start(enqueue(task));
        } catch (OutOfMemoryError noThread) {
            if (forget(task)) {
                throw noThread;
            }
        }
    }

    private @Nullable Thread enqueue(Runnable task) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException("The pool has ended");
            }
            waiting.add(task);
            work.signal();
            return spareIfNone();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody has begun it, and nobody will. */
    private boolean forget(Runnable task) {
        lock.lock();
        try {
            return waiting.remove(task);
        } finally {
            lock.unlock();
        }
    }

    /** A thread to start when there is none to wait for work, and may be one more. Under the lock. */
    private @Nullable Thread spareIfNone() {
        if (free > 0 || threads.size() >= most) {
            return null;
        }
        Thread spare = null;
        try {
            spare = threadMaker.apply(this::live, "ferrule-callback-" + ++named);
            spare.setDaemon(true);
            threads.add(spare);
            free++;
            return spare;
        } catch (OutOfMemoryError noMore) {
            threads.remove(spare);
            if (threads.isEmpty()) {
                throw noMore;
            }
            return null;
        }
    }

    private void start(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.start();
        } catch (OutOfMemoryError noMore) {
            lock.lock();
            try {
                leave(thread);
                if (threads.isEmpty()) {
                    throw noMore;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void live() {
        while (true) {
            Runnable task;
            Thread spare;
            lock.lock();
            try {
                task = next();
                if (task == null) {
                    leave(Thread.currentThread());
                    return;
                }
                free--;
                spare = spareIfNone();
            } finally {
                lock.unlock();
            }
            try {
                start(spare);
                task.run();
            } catch (Throwable thrown) {
                Thread self = Thread.currentThread();
                self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
            }
            lock.lock();
            try {
                free++;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a task; null when this thread is no longer needed. Under the lock. */
    private @Nullable Runnable next() {
        long left = keepAliveNanos;
        while (waiting.isEmpty()) {
            boolean needed = free == 1 && threads.size() > 1;
            if (shutdown || (left <= 0 && !needed)) {
                return null;
            }
            try {
                left = work.awaitNanos(left > 0 ? left : keepAliveNanos);
            } catch (InterruptedException forTheLastTask) {
                // What it was meant for is over.
            }
        }
        return waiting.remove();
    }

    /** Under the lock. */
    private void leave(Thread thread) {
        free--;
        threads.remove(thread);
        if (shutdown) {
            ended.signalAll();
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        lock.lock();
        try {
            shutdown();
            List<Runnable> left = new ArrayList<>(waiting);
            waiting.clear();
            threads.forEach(Thread::interrupt);
            return left;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return shutdown;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return shutdown && threads.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            while (!threads.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = ended.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
