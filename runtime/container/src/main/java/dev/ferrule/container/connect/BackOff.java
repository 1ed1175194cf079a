package dev.ferrule.container.connect;

import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits twice as long after each failure, and a random part of that, so that the clients of a server that comes back do not
 * come all at once. Gives up after a number of failures; when the session's end was none that a new connection could mend
 * (only 1001, 1006, 1011, 1012, 1013 and 1014 are); and when the server answers an attempt with a status that says it never
 * will (4xx but 408, 425 and 429). Immutable.
 */
public final class BackOff implements ReconnectPolicy {
    /** The service restarts, and a gateway had no answer: registered with IANA, without a name in the API. */
    private static final int BAD_GATEWAY = 1014;

    private static final Set<Integer> MENDABLE = Set.of(
            CloseCodes.GOING_AWAY.getCode(),
            CloseCodes.CLOSED_ABNORMALLY.getCode(),
            CloseCodes.UNEXPECTED_CONDITION.getCode(),
            CloseCodes.SERVICE_RESTART.getCode(),
            CloseCodes.TRY_AGAIN_LATER.getCode(),
            BAD_GATEWAY);

    /** Statuses of the 4xx class that are about this moment only. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    /** Half a second is unnoticed by people; half a minute is what a server may need to start; ten failures are 3 minutes. */
    static final BackOff DEFAULT = new BackOff(
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            10,
            Duration.ofSeconds(10),
            () -> ThreadLocalRandom.current().nextDouble());

    private final Duration first;
    private final Duration most;
    private final int failures;
    private final Duration stableAfter;
    private final DoubleSupplier random;

    private BackOff(Duration first, Duration most, int failures, Duration stableAfter, DoubleSupplier random) {
        if (first.isNegative() || most.compareTo(first) < 0 || failures < 0 || stableAfter.isNegative()) {
            throw new IllegalArgumentException("Waits and failures are not negative, and the longest wait is not"
                    + " shorter than the first: " + first + ", " + most + ", " + failures + ", " + stableAfter);
        }
        this.first = first;
        this.most = most;
        this.failures = failures;
        this.stableAfter = stableAfter;
        this.random = random;
    }

    /** The longest wait before the first attempt (500 ms by default), and that before any (30 s by default). */
    public BackOff waits(Duration longestFirst, Duration longest) {
        return new BackOff(longestFirst, longest, failures, stableAfter, random);
    }

    /** How many failures in a row are suffered; the one behind them ends the attempts. 10 by default. */
    public BackOff failures(int most) {
        return new BackOff(first, this.most, most, stableAfter, random);
    }

    /** How long a session must last so that the failures before it are forgotten. 10 s by default. */
    public BackOff stableAfter(Duration time) {
        return new BackOff(first, most, failures, time, random);
    }

    /** Where randomness comes from, as numbers from 0 to 1; for tests that want to know the waits. */
    public BackOff random(DoubleSupplier source) {
        return new BackOff(first, most, failures, stableAfter, source);
    }

    @Override
    public @Nullable Duration next(Lost lost) {
        if (lost.failures() > failures
                || !MENDABLE.contains(lost.reason().getCloseCode().getCode())
                || isFinal(lost.cause())) {
            return null;
        }
        double doubled = first.toMillis() * Math.pow(2, lost.failures());
        double longest = Math.min(doubled, (double) most.toMillis());
        // Between a half and the whole: spread, but never at once.
        return Duration.ofMillis(Math.round(longest * (0.5 + random.getAsDouble() / 2)));
    }

    private static boolean isFinal(@Nullable Throwable cause) {
        return cause instanceof HandshakeFailedException failed
                && failed.status() >= 400
                && failed.status() < 500
                && !PASSING.contains(failed.status());
    }

    @Override
    public Duration stableAfter() {
        return stableAfter;
    }
}
