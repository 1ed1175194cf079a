package dev.ferrule.container.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Automatic pings and what their silence means. They carry a mark, so that neither end takes them for activity of an
 * application, nor hands their pongs to one.
 *
 * <p>Threading: {@link #beat} comes from the container's clock, the rest from the reader; the fields are volatile and each
 * has one writer but for the moment of a ping, where either order is right.
 */
final class KeepAlive {
    private static final byte[] MARK = "ferrule-keep-alive".getBytes(StandardCharsets.US_ASCII);

    private final Times times;
    private volatile long receivedAt;
    private volatile long pingedAt;
    private volatile boolean waiting;

    /** What is to be done now. */
    enum Step {
        NOTHING,
        PING,
        DEAD
    }

    /**
     * When what is due.
     *
     * @param intervalNanos how long a peer may be silent until it is pinged; 0 for ever
     * @param timeoutNanos how long it may take to answer
     */
    record Times(long intervalNanos, long timeoutNanos) {
        Times(Duration interval, Duration timeout) {
            this(interval.toNanos(), timeout.toNanos());
        }
    }

    KeepAlive(Times times) {
        this.times = times;
    }

    void start(long now) {
        receivedAt = now;
        pingedAt = now;
    }

    /** Bytes arrived: whoever sends is alive. */
    void received(long now) {
        receivedAt = now;
        waiting = false;
    }

    /**
     * Decides.
     *
     * @param blind whether we have stopped reading ourselves, and so cannot see an answer
     */
    Step beat(long now, boolean blind) {
        if (times.intervalNanos == 0 || blind) {
            pingedAt = blind ? now : pingedAt;
            return Step.NOTHING;
        }
        if (waiting) {
            return now - pingedAt > times.timeoutNanos ? Step.DEAD : Step.NOTHING;
        }
        if (now - Math.max(receivedAt, pingedAt) < times.intervalNanos) {
            return Step.NOTHING;
        }
        waiting = true;
        pingedAt = now;
        return Step.PING;
    }

    ByteBuffer payload() {
        return ByteBuffer.wrap(MARK);
    }

    /** Whether a pong answers one of ours. */
    boolean answered(ByteBuffer payload) {
        return isAutomatic(payload);
    }

    /** Whether a ping or pong carries our mark. */
    static boolean isAutomatic(ByteBuffer payload) {
        return payload.equals(ByteBuffer.wrap(MARK));
    }
}
