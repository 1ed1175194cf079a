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

    /**
     * Until when a kind is kept from loops.
     *
     * @param nanos for how long it was; zero for a first slow one, which may only have had no processor
     */
    private record Span(long until, long nanos) {
        boolean isOver(long now) {
            return now - until >= 0;
        }

        /** Nobody has blocked for as long again. */
        boolean isForgotten(long now) {
            return now - until >= Math.max(nanos, FIRST_NANOS);
        }

        Span next(long now) {
            long longer = isOver(now) ? Math.min(LONGEST_NANOS, Math.max(FIRST_NANOS, nanos * 2)) : nanos;
            return new Span(now + longer, longer);
        }
    }

    /** What callbacks that are likely to block alike have in common. */
    static Object kindOf(Runnable callback) {
        return callback instanceof KindOfCallback known ? known.kind() : callback.getClass();
    }

    /** A callback has waited. */
    void waited(Object kind) {
        add(kind, FIRST_NANOS);
    }

    /** A callback has run for long without waiting. One may have had no processor; two within a second block. */
    void tookLong(Object kind) {
        add(kind, 0);
    }

    private void add(Object kind, long firstNanos) {
        long now = System.nanoTime();
        kinds.values().removeIf(span -> span.isForgotten(now));
        kinds.merge(kind, new Span(now + firstNanos, firstNanos), (before, first) -> before.next(now));
    }

    /** Whether a callback of this kind had better run elsewhere. */
    boolean contain(Object kind) {
        if (kinds.isEmpty()) {
            return false;
        }
        Span span = kinds.get(kind);
        return span != null && !span.isOver(System.nanoTime());
    }
}
