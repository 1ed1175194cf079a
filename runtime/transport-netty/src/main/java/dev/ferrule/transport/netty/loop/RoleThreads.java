package dev.ferrule.transport.netty.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a group of loops: one for each loop, and one for each callback that took too long and lost its loop.
 *
 * <p>Threading: any thread; a lock protects lists only.
 */
final class RoleThreads implements AutoCloseable {
    /** How long a thread without a loop waits for one before it ends: bursts come together. */
    static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();

    /** A second for what comes to its senses when it is interrupted. */
    private static final int INTERRUPTS = 100;

    private static final int BETWEEN_INTERRUPTS_MILLIS = 10;

    private final Deque<RoleThread> idle = new ArrayDeque<>();
    private final Set<RoleThread> alive = new HashSet<>();
    private final List<RoleLoop> loops = new CopyOnWriteArrayList<>();
    private final AtomicInteger detached = new AtomicInteger();
    private final Blockers blockers = new Blockers();
    private final int mostDetached;
    private final Watch watch = new Watch(this, loops);
    private int named;
    private volatile boolean closed;

    /** @param mostDetached how many callbacks may keep a thread that lost its loop; beyond, loops run none */
    RoleThreads(int mostDetached) {
        this.mostDetached = mostDetached;
    }

    void add(RoleLoop loop) {
        loops.add(loop);
    }

    /** Wakes the watch, if it sleeps, because a callback begins. */
    void watch() {
        watch.awake();
    }

    /** Whether a loop should not run a callback of a kind: it blocks, or so many do that loops should only poll. */
    boolean isUnwanted(Object kind) {
        return detached.get() >= mostDetached || blockers.contain(kind);
    }

    /** A thread for a loop, which is told by {@link RoleThread#serve} or given back. */
    RoleThread borrow() {
        synchronized (idle) {
            RoleThread waiting = idle.poll();
            return waiting == null ? make() : waiting;
        }
    }

    /** Sees to it that threads wait for the next loops that need one: to start one takes longer than to wake one. */
    void spare() {
        synchronized (idle) {
            while (idle.size() < loops.size() && !closed) {
                idle.push(make());
            }
        }
    }

    private RoleThread make() {
        RoleThread made = new RoleThread(this, "ferrule-netty-" + ++named);
        made.start();
        alive.add(made);
        return made;
    }

    void giveBack(RoleThread thread) {
        synchronized (idle) {
            idle.push(thread);
        }
    }

    /** A thread is about to lose its loop to another. */
    void detaching() {
        detached.incrementAndGet();
    }

    /** A callback of this kind has lost its loop: it waits, or only takes long. */
    void blocks(Object kind, boolean waits) {
        if (waits) {
            blockers.waited(kind);
        } else {
            blockers.tookLong(kind);
        }
    }

    /** A thread has no loop any more: its loop ended, or a callback that lost it has returned. */
    void served(RoleThread thread, boolean kept) {
        if (!kept) {
            detached.decrementAndGet();
        }
        giveBack(thread);
    }

    boolean isClosed() {
        return closed;
    }

    /** A thread wants to end: granted, unless it was borrowed meanwhile. */
    boolean retire(RoleThread thread) {
        synchronized (idle) {
            // A thread that was made to be borrowed is in no list yet and stays.
            boolean granted = idle.remove(thread);
            if (granted) {
                alive.remove(thread);
                idle.notifyAll();
            }
            return granted;
        }
    }

    /**
     * When the loops have ended: threads end, and callbacks that still run are interrupted, again and again, because one that
     * is interrupted may be followed by another one of its session. Waits for them for a second; what heeds no interrupt is
     * left to itself.
     */
    @Override
    public void close() {
        closed = true;
        watch.close();
        synchronized (idle) {
            boolean interrupted = false;
            for (int i = 0; i < INTERRUPTS && !isLast(); i++) {
                alive.stream()
                        .filter(thread -> thread != Thread.currentThread())
                        .forEach(Thread::interrupt);
                try {
                    idle.wait(BETWEEN_INTERRUPTS_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether no thread is left but perhaps the current one. */
    private boolean isLast() {
        return alive.stream().allMatch(thread -> thread == Thread.currentThread());
    }
}
