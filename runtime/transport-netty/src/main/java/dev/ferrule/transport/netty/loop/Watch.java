package dev.ferrule.transport.netty.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks after loops whose thread runs a callback: when the same callback still runs at the second look, or its thread waits,
 * another thread takes the loop.
 */
final class Watch implements AutoCloseable {
    /** A tick each millisecond costs sparse traffic 10 µs a message; each five milliseconds it costs nothing. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Once a callback was seen, the second look comes soon. */
    private static final long CONFIRM_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** After so many ticks without a callback the watch sleeps until the next one: about a second. */
    private static final int QUIET_TICKS = 200;

    private final List<RoleLoop> loops;
    private final Map<RoleLoop, Seen> seen = new HashMap<>();
    private @Nullable Thread thread;
    private volatile boolean asleep = true;
    private volatile boolean closed;

    /** What was running at the last look. */
    private record Seen(RoleThread.Offer offer, long begun) {}

    Watch(List<RoleLoop> loops) {
        this.loops = loops;
    }

    /** A callback begins: looks at the loops from now on. Cheap when it does already. */
    void awake() {
        if (asleep) {
            start();
        }
    }

    private synchronized void start() {
        if (closed) {
            return;
        }
        asleep = false;
        if (thread == null) {
            thread = new Thread(null, this::run, "ferrule-netty-watch", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Watch.class.getClassLoader());
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        int quiet = 0;
        long begunBefore = 0;
        while (!closed) {
            boolean suspicious = look();
            long begun = loops.stream().mapToLong(RoleLoop::callbacksBegun).sum();
            quiet = suspicious || begun != begunBefore ? 0 : quiet + 1;
            begunBefore = begun;
            if (quiet > QUIET_TICKS) {
                quiet = 0;
                sleep(begun);
            }
            LockSupport.parkNanos(this, suspicious ? CONFIRM_NANOS : TICK_NANOS);
        }
    }

    /** Sleeps until a callback begins, unless one has just begun. */
    private void sleep(long begunBefore) {
        asleep = true;
        long begun = loops.stream().mapToLong(RoleLoop::callbacksBegun).sum();
        if (begun != begunBefore) {
            asleep = false;
        }
        while (asleep && !closed) {
            LockSupport.park(this);
        }
    }

    /** Has a thread take every loop whose callback takes too long; true when one may. */
    private boolean look() {
        boolean suspicious = false;
        for (RoleLoop loop : loops) {
            RoleThread.Offer offer = loop.offered();
            if (offer == null) {
                seen.remove(loop);
                continue;
            }
            Seen now = new Seen(offer, loop.callbacksBegun());
            if (now.equals(seen.put(loop, now)) || offer.thread().isWaiting()) {
                seen.remove(loop);
                loop.takeOver(offer);
            } else {
                suspicious = true;
            }
        }
        return suspicious;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            LockSupport.unpark(thread);
        }
    }
}
