package dev.ferrule.transport.netty.loop;

import dev.ferrule.container.spi.KindOfCallback;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The kinds of callbacks that have blocked of late: the next ones of their kind are not tried on a loop for a while,
 * twice as long each time that they block again.
 *
 * <p>Threading: any thread.
 */
final class Blockers {
    /** Long against what a lost loop costs, and short enough that one slow call is soon forgotten. */
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ConcurrentMap<Object, Span> kinds = new ConcurrentHashMap<>();

    private record Span(long until, long nanos) {
        boolean isOver(long now) {
            return now - until >= 0;
        }

        /** Nobody has blocked for as long again. */
        boolean isForgotten(long now) {
            return now - until >= nanos;
        }
    }

    /** A callback has blocked. */
    void add(Runnable callback) {
        if (callback instanceof KindOfCallback known) {
            long now = System.nanoTime();
            kinds.values().removeIf(span -> span.isForgotten(now));
            kinds.merge(known.kind(), new Span(now + FIRST_NANOS, FIRST_NANOS), (before, first) -> {
                long nanos = Math.min(LONGEST_NANOS, before.isOver(now) ? before.nanos * 2 : before.nanos);
                return new Span(now + nanos, nanos);
            });
        }
    }

    /** Whether a callback had better run elsewhere. */
    boolean contain(Runnable callback) {
        if (kinds.isEmpty() || !(callback instanceof KindOfCallback known)) {
            return false;
        }
        Span span = kinds.get(known.kind());
        return span != null && !span.isOver(System.nanoTime());
    }
}
