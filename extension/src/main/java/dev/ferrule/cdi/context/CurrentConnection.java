package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.ThreadSlot;
import org.jspecify.annotations.Nullable;

/**
 * The connection whose code the thread runs. The only static of the extension: the service loader makes the provider for
 * MicroProfile Context Propagation, which is told neither a CDI container nor a connection. A connection knows to whom it
 * belongs, so that containers do not meet here.
 */
final class CurrentConnection {
    private static final ThreadSlot<ConnectionLife> CURRENT = new ThreadSlot<>();

    private CurrentConnection() {}

    static @Nullable ConnectionLife get() {
        return CURRENT.get();
    }

    /** Makes a connection the thread's; null for none. Returns which one it was before. */
    static @Nullable ConnectionLife set(@Nullable ConnectionLife next) {
        return CURRENT.set(next);
    }
}
