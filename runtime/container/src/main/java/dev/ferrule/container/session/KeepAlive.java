package dev.ferrule.container.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Automatic pings and what their silence means. They carry a mark, so that neither end takes them for activity of an
 * application, nor hands their pongs to one.
 *
 * <p>Threading: {@link #start} comes before the container's clock knows of the session, and {@link #beat} from that clock.
 */
final class KeepAlive {
    private static final byte[] MARK = "ferrule-keep-alive".getBytes(StandardCharsets.US_ASCII);

    private final Times times;

    /** When bytes arrived for the last time, or a ping left, or might have been answered unseen: the latest of these. */
    private long since;

    private boolean waiting;

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
        since = now;
    }

    /**
     * Decides.
     *
     * @param heard whether bytes arrived since the last beat: whoever sends is alive, and the time of this beat is exact enough
     * @param blind whether no answer can be expected: we have stopped reading ourselves, or are still sending
     */
    Step beat(long now, boolean heard, boolean blind) {
        if (heard) {
            since = now;
            waiting = false;
        }
        if (times.intervalNanos == 0 || blind) {
            since = blind ? now : since;
            return Step.NOTHING;
        }
        if (waiting) {
            return now - since > times.timeoutNanos ? Step.DEAD : Step.NOTHING;
        }
        if (now - since < times.intervalNanos) {
            return Step.NOTHING;
        }
        waiting = true;
        since = now;
        return Step.PING;
    }

    ByteBuffer payload() {
        return ByteBuffer.wrap(MARK);
    }

    /** Whether a ping or pong carries our mark. */
    static boolean isAutomatic(ByteBuffer payload) {
        return payload.equals(ByteBuffer.wrap(MARK));
    }
}
