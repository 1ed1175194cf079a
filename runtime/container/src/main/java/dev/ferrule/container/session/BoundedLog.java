package dev.ferrule.container.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs what anybody on the network can cause: one line, then none for a while, and with the next how many were left out.
 *
 * <p>Threading: any thread.
 */
final class BoundedLog {
    private static final Logger LOG = System.getLogger(BoundedLog.class.getName());

    /** Often enough to see that it goes on, seldom enough that a flood of peers fills no disk. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** Of each line: what a decoder says may quote what a peer sent. */
    private static final int MOST_CHARACTERS = 1024;

    private final AtomicLong quietUntil;
    private final AtomicInteger leftOut = new AtomicInteger();

    BoundedLog(long now) {
        quietUntil = new AtomicLong(now);
    }

    void warn(String line, long now) {
        long until = quietUntil.get();
        if (now - until < 0 || !quietUntil.compareAndSet(until, now + PAUSE.toNanos())) {
            leftOut.incrementAndGet();
            return;
        }
        int missed = leftOut.getAndSet(0);
        String shown =
                line.substring(0, Math.min(line.length(), MOST_CHARACTERS)).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        LOG.log(Level.WARNING, missed == 0 ? shown : shown + " (and " + missed + " more before)");
    }
}
