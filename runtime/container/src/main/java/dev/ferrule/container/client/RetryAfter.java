package dev.ferrule.container.client;

import dev.ferrule.engine.handshake.ResponseHead;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How long a server that is not available wants us to wait (RFC 9110 §10.2.3). A date counts from the server's own
 * {@code Date}: its clock and ours need not agree.
 */
final class RetryAfter {
    private static final int UNAVAILABLE = 503;

    /** A server that says 0 means soon, but not at once and for ever. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /** The wait that the answer asks for, or null when it asks for none that we understand. */
    static @Nullable Duration of(ResponseHead response) {
        String value = response.header("Retry-After");
        if (response.status() != UNAVAILABLE || value == null) {
            return null;
        }
        try {
            boolean seconds = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
            Duration wait = seconds ? Duration.ofSeconds(Long.parseLong(value)) : until(value, response.header("Date"));
            return wait == null || wait.compareTo(LEAST) >= 0 ? wait : LEAST;
        } catch (NumberFormatException | DateTimeException | ArithmeticException unreadable) {
            return null;
        }
    }

    private static @Nullable Duration until(String then, @Nullable String now) {
        return now == null ? null : Duration.between(date(now), date(then));
    }

    private static ZonedDateTime date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
