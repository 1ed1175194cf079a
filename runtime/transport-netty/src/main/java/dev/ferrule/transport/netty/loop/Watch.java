package dev.ferrule.transport.netty.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks after loops whose thread runs a callback: when that thread waits, or still runs the same callback after some looks,
 * another thread takes the loop. A callback that was found waiting is remembered as one that blocks; one that only took long
 * may have had no processor.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.ferrule.transport.netty");

    /** A tick each millisecond costs sparse traffic 10 µs a message; each five milliseconds it costs nothing. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Once a callback was seen, the next looks come sooner. */
    private static final long CONFIRM_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A callback that runs without waiting loses its loop at this look: ten milliseconds after the first. */
    private static final int LOOKS = 6;

    /** After so many ticks without a callback the watch sleeps until the next one: about a second. */
    private static final int QUIET_TICKS = 200;

    private static final Seen NOTHING = new Seen(null, 0, 0);

    private final RoleThreads threads;
    private final List<RoleLoop> loops;
    private final ThreadFactory factory;
    private final Map<RoleLoop, Seen> seen = new HashMap<>();
    private @Nullable Thread thread;
    private boolean failed;
    private volatile boolean asleep = true;
    private volatile boolean closed;

    /** What was running at the last look, and at how many before. */
    private record Seen(Role.@Nullable Offer<RoleThread> offer, long begun, int looks) {
        Seen again(Role.Offer<RoleThread> now, long begunNow) {
            return new Seen(now, begunNow, now == offer && begunNow == begun ? looks + 1 : 1);
        }
    }

    Watch(RoleThreads threads, List<RoleLoop> loops) {
        this(threads, loops, Watch::daemon);
    }

    /** As above, with its thread from elsewhere. */
    Watch(RoleThreads threads, List<RoleLoop> loops, ThreadFactory factory) {
        this.threads = threads;
        this.loops = loops;
        this.factory = factory;
    }

    private static Thread daemon(Runnable work) {
        Thread made = new Thread(null, work, "ferrule-netty-watch", 0, false);
        made.setDaemon(true);
        made.setContextClassLoader(Watch.class.getClassLoader());
        return made;
    }

    /** A callback begins: looks at the loops from now on. Cheap when it does already. */
    void awake() {
        if (asleep) {
            try {
                start();
            } catch (OutOfMemoryError noThread) {
                // The next callback tries again; this one must run.
            }
        }
    }

    private synchronized void start() {
        if (closed) {
            return;
        }
        if (thread == null) {
            Thread made = factory.newThread(this::run);
            made.start();
            thread = made;
        }
        asleep = false;
        LockSupport.unpark(thread);
    }

    private void run() {
        int quiet = 0;
        long begunBefore = 0;
        while (!closed) {
            boolean suspicious = lookSafely();
            long begun = callbacksBegun();
            quiet = suspicious || begun != begunBefore ? 0 : quiet + 1;
            begunBefore = begun;
            if (quiet > QUIET_TICKS) {
                quiet = 0;
                sleep(begun);
            }
            LockSupport.parkNanos(this, suspicious ? CONFIRM_NANOS : TICK_NANOS);
        }
    }

    private long callbacksBegun() {
        long begun = 0;
        for (RoleLoop loop : loops) {
            begun += loop.callbacksBegun();
        }
        return begun;
    }

    /** Sleeps until a callback begins, unless one has just begun. */
    private void sleep(long begunBefore) {
        asleep = true;
        // A loop that still saw this awake wakes nobody, but by then everybody sees what it has counted.
        LockSupport.parkNanos(this, TICK_NANOS);
        long begun = callbacksBegun();
        if (begun != begunBefore) {
            asleep = false;
        }
        while (asleep && !closed) {
            LockSupport.park(this);
        }
    }

    /** Looks; when the system has no thread left to take a loop, the next look tries again. */
    private boolean lookSafely() {
        boolean failedBefore = failed;
        try {
            failed = false;
            return look();
        } catch (Throwable thrown) {
            failed = true;
            if (!failedBefore) {
                LOG.log(Level.ERROR, "No thread for an event loop whose callback takes long", thrown);
            }
            return true;
        }
    }

    /** Has a thread take every loop whose callback takes too long; true when one may. */
    private boolean look() {
        boolean suspicious = false;
        boolean taken = false;
        for (RoleLoop loop : loops) {
            Role.Offer<RoleThread> offer = loop.offered();
            if (offer == null) {
                seen.remove(loop);
                continue;
            }
            Seen now = seen.getOrDefault(loop, NOTHING).again(offer, loop.callbacksBegun());
            boolean waits = offer.by().isWaiting();
            if (waits || now.looks == LOOKS) {
                seen.remove(loop);
                loop.takeOver(offer, now.begun, waits);
                taken = true;
            } else {
                seen.put(loop, now);
                suspicious = true;
            }
        }
        if (taken) {
            threads.spare();
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
