package dev.ferrule.container.session;

import jakarta.websocket.CloseReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a session ends: why, of which the first reason counts, by when, and whether it has, which is so once. It acts on nothing. This
 * is what a {@link SessionLink} is, and not what it has, so that a message finds both in one place of memory.
 *
 * <p>Threading: any thread.
 */
abstract class Ending {
    private volatile @Nullable CloseReason reason;
    private volatile boolean over;
    private volatile boolean broken;
    private volatile boolean endedHere;
    private volatile long endBy = Long.MAX_VALUE;

    /** The first reason counts; whether this was it. */
    final synchronized boolean settle(CloseReason first) {
        if (reason != null) {
            return false;
        }
        reason = first;
        return true;
    }

    /** Why the session has ended. Meant for when it has. */
    final CloseReason finalReason() {
        CloseReason why = reason;
        return why == null ? ClosePayloads.abnormal("Unknown") : why;
    }

    /** Whether it is this caller who ends the session. */
    final synchronized boolean becomesOver() {
        boolean before = over;
        over = true;
        return !before;
    }

    /** Whether the session has ended, if perhaps {@code onClose} has yet to run. */
    final boolean isOver() {
        return over;
    }

    /** The connection has been cut, by us or by a fault: nothing is written any more. */
    final void breaks() {
        broken = true;
    }

    final boolean isBroken() {
        return broken;
    }

    /** It is the application or the container that ends the session. */
    final void endsHere() {
        endedHere = true;
    }

    /** Whether the application or the container ended the session, and not the peer or a fault. */
    final boolean endedHere() {
        return endedHere;
    }

    /** From now on it has so much time to end. */
    final void endsWithin(Duration time) {
        endBy = System.nanoTime() + time.toNanos();
    }

    /** Whether that time has passed. */
    final boolean isDue(long now) {
        return endBy != Long.MAX_VALUE && now - endBy >= 0;
    }
}
