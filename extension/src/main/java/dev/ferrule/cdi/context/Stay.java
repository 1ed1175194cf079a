package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.ThreadSlot;
import org.jspecify.annotations.Nullable;

/**
 * A thread's stay in a connection's code, and the request that it is. Stays are nested as the calls are; one within another of
 * the same CDI container goes on with the other's request.
 *
 * <p>Its static is the only one of the extension: the service loader makes the provider for MicroProfile Context Propagation,
 * which is told neither a CDI container nor a connection. A connection knows to whom it belongs, so that containers do not meet
 * here.
 */
final class Stay implements CallbackScope.Activation {
    private static final ThreadSlot<Stay> CURRENT = new ThreadSlot<>();

    private final ThreadSlot.Place<Stay> place;
    private final @Nullable Stay outer;
    private final @Nullable ConnectionLife connection;

    /** The request that began with this stay; null where it goes on with another's. */
    private final @Nullable InstanceStore request;

    private Stay(@Nullable ConnectionLife connection) {
        this.place = CURRENT.place();
        this.outer = place.get();
        this.connection = connection;
        this.request = connection == null || request(outer, connection.contexts()) != null ? null : new InstanceStore();
    }

    /** Makes this the thread's connection until the stay is closed on the same thread, with a request unless there is one. */
    static Stay in(ConnectionLife connection) {
        return begin(connection);
    }

    /** Leaves the thread without a connection until the stay is closed on the same thread; its request goes on. */
    static Stay outside() {
        return begin(null);
    }

    private static Stay begin(@Nullable ConnectionLife connection) {
        Stay stay = new Stay(connection);
        stay.place.set(stay);
        return stay;
    }

    /** The thread's connection, or null. */
    static @Nullable ConnectionLife connection() {
        Stay current = CURRENT.get();
        return current == null ? null : current.connection;
    }

    /** The thread's request in one CDI container, or null. */
    static @Nullable InstanceStore request(ConnectionContexts contexts) {
        return request(CURRENT.get(), contexts);
    }

    private static @Nullable InstanceStore request(@Nullable Stay innermost, ConnectionContexts contexts) {
        for (Stay stay = innermost; stay != null; stay = stay.outer) {
            if (stay.request != null && stay.connection != null && stay.connection.contexts() == contexts) {
                return stay.request;
            }
        }
        return null;
    }

    @Override
    public void close() {
        // Destroyed while still active: a @PreDestroy may use the connection and other beans of the request.
        try {
            if (request != null) {
                request.destroyAll();
            }
        } finally {
            place.set(outer);
        }
    }
}
