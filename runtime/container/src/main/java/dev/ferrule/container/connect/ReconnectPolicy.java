package dev.ferrule.container.connect;

import jakarta.websocket.CloseReason;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a lost connection is made again; chosen by {@link ClientProperties#RECONNECT}.
 *
 * <p>It is asked when a session has ended, after {@code onClose}, unless this side ended it by {@code Session.close} or the
 * container was closed; and again whenever an attempt to reconnect has failed. The first connection is the caller's: when it
 * fails, nobody tries again. A new connection is a new session, for the same endpoint instance where the application gave
 * one, else for a new one; its {@code onOpen} is how the application learns of it. While an attempt waits, closing the
 * container ends it.
 *
 * <p>Threading: called on callback threads, one call at a time for each connection; what it throws ends the attempts.
 */
@FunctionalInterface
public interface ReconnectPolicy {
    /**
     * A connection that is lost.
     *
     * @param uri what was connected to, before redirects
     * @param reason how the last session ended
     * @param failures how many attempts have failed since a session was stable
     * @param cause why the last of them failed, or null when the session has just ended
     */
    record Lost(
            URI uri,
            CloseReason reason,
            int failures,
            @Nullable Throwable cause) {}

    /** How long to wait before the next attempt; null to give up. */
    @Nullable
    Duration next(Lost lost);

    /** A session that lasted so long forgets the failures before it; one that ended sooner counts as one. */
    default Duration stableAfter() {
        return Duration.ofSeconds(10);
    }

    /** Exponential back-off with jitter, as {@link BackOff} describes. */
    static BackOff backOff() {
        return BackOff.DEFAULT;
    }
}
