package dev.ferrule.container.spi;

import org.jspecify.annotations.Nullable;

/**
 * What each thread runs just now, where that changes with every callback: a {@link ThreadLocal} that is set and removed each time
 * makes an entry for each. A thread that used a slot keeps an empty array of the JDK's, and so none of our classes.
 *
 * <p>Threading: any thread, each sees its own.
 *
 * @param <T> what is in it
 */
public final class ThreadSlot<T> {
    /** Who makes a slot says whose it is; it need not be everybody's. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Object @Nullable []> slots = new ThreadLocal<>();

    /** Nothing on any thread. */
    public ThreadSlot() {}

    /** What this thread has here, or null. */
    @SuppressWarnings("unchecked")
    public @Nullable T get() {
        @Nullable Object[] slot = slots.get();
        return slot == null ? null : (T) slot[0];
    }

    /** Where this thread has it: for who puts something in, and back again, after one look for the place. */
    public Place<T> place() {
        @Nullable Object[] slot = slots.get();
        if (slot == null) {
            slot = new Object[1];
            slots.set(slot);
        }
        return new Place<>(slot);
    }

    /**
     * One thread's place in a slot; only that thread may use it.
     *
     * @param <T> what is in it
     */
    public static final class Place<T> {
        private final @Nullable Object[] slot;

        private Place(@Nullable Object[] slot) {
            this.slot = slot;
        }

        /** What is in it, or null. */
        @SuppressWarnings("unchecked")
        public @Nullable T get() {
            return (T) slot[0];
        }

        /** Puts something in; null for nothing. */
        public void set(@Nullable T next) {
            slot[0] = next;
        }
    }
}
