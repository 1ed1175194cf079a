package dev.ferrule.container.session;

import org.jspecify.annotations.Nullable;

/**
 * The value that was seen last: where connection after connection has equal ones, all hold the same. Immutable values only.
 *
 * <p>Threading: any thread; the race for the last place does no harm.
 */
final class Recent<T> {
    private volatile @Nullable T last;

    /** The value itself, or the equal one that came before it. */
    T same(T value) {
        T before = last;
        if (before != null && before.equals(value)) {
            return before;
        }
        last = value;
        return value;
    }
}
