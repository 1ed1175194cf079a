package dev.ferrule.transport.netty.loop;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that serves event loops, one at a time. While it runs a callback of the application it offers its role; when
 * somebody takes the offer, it finishes the callback as any other thread would, and waits for another loop to serve.
 */
final class RoleThread extends FastThreadLocalThread {
    /** So many tasks are run together: what they touch fits a cache, and their number hides what it costs to begin. */
    private static final int ENOUGH = 32;

    /** Stands in for this thread while it runs a callback. */
    final Role.Offer<RoleThread> offer = new Role.Offer<>(this);

    private final RoleThreads threads;

    /** How many more tasks the callback submits until they are run; confined to this thread. */
    private int untilEnough = Integer.MAX_VALUE;

    /** The loop that this thread serves, or served until it lost the role; null while it waits for one. */
    private volatile @Nullable RoleLoop serving;

    RoleThread(RoleThreads threads, String name) {
        super(() -> ((RoleThread) currentThread()).live(), name); // a target, so that Netty clears up behind it
        this.threads = threads;
        setDaemon(true);
        // Made by whatever thread needs one: it must not keep that thread's class loader alive.
        setContextClassLoader(RoleThread.class.getClassLoader());
    }

    /** The loop that this thread has, or had when it began its callback. */
    @Nullable
    RoleLoop serving() {
        return serving;
    }

    /**
     * A callback begins.
     *
     * @param last whether no other one waits behind it
     */
    void begin(boolean last) {
        untilEnough = last ? ENOUGH : Integer.MAX_VALUE;
    }

    /** The callback has submitted a task: true when there are so many that they should be run. */
    boolean hasSubmittedEnough() {
        if (--untilEnough > 0) {
            return false;
        }
        untilEnough = ENOUGH;
        return true;
    }

    /** Gives this thread, which is idle or not yet started, a loop. */
    void serve(RoleLoop loop) {
        serving = loop;
        LockSupport.unpark(this);
    }

    /** Whether this thread does something that does not end by itself: it waits, for whatever. */
    boolean isWaiting() {
        State state = getState();
        return state == State.WAITING || state == State.TIMED_WAITING || state == State.BLOCKED;
    }

    @Override
    public boolean permitBlockingCalls() {
        return true;
    }

    private void live() {
        while (awaitLoop()) {
            RoleLoop loop = serving;
            if (loop != null) {
                boolean kept = loop.serve(this);
                serving = null;
                threads.served(this, kept);
            }
        }
    }

    /** Waits for a loop; false when there has been none for long, or the threads are being closed. */
    private boolean awaitLoop() {
        long end = System.nanoTime() + RoleThreads.IDLE_NANOS;
        while (serving == null) {
            long left = end - System.nanoTime();
            boolean mayEnd = left <= 0 || threads.isClosed();
            if (mayEnd && threads.retire(this)) {
                return false;
            }
            // Who may end but must not is borrowed, and told or given back in a moment.
            LockSupport.parkNanos(this, mayEnd ? 1_000_000 : left);
            Thread.interrupted(); // an interrupt meant for a callback that is over ends here
        }
        return true;
    }
}
