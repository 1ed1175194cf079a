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

    /** Whether a request began with this stay, and it does not go on with another's. */
    private final boolean beginsRequest;

    /** The beans of the request; null while there are none. */
    private @Nullable InstanceStore request;

    private Stay(@Nullable ConnectionLife connection) {
        this.place = CURRENT.place();
        this.outer = place.get();
        this.connection = connection;
        this.beginsRequest = connection != null && beginning(outer, connection.contexts()) == null;
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

    /** Whether the thread is in a request of one CDI container. */
    static boolean isInRequest(ConnectionContexts contexts) {
        return beginning(CURRENT.get(), contexts) != null;
    }

    /** The beans of the thread's request in one CDI container, or null when there is no request. */
    static @Nullable InstanceStore request(ConnectionContexts contexts) {
        Stay beginning = beginning(CURRENT.get(), contexts);
        return beginning == null ? null : beginning.store();
    }

    /** The stay that the thread's request began with, or null. */
    private static @Nullable Stay beginning(@Nullable Stay innermost, ConnectionContexts contexts) {
        for (Stay stay = innermost; stay != null; stay = stay.outer) {
            if (stay.beginsRequest && stay.connection != null && stay.connection.contexts() == contexts) {
                return stay;
            }
        }
        return null;
    }

    private InstanceStore store() {
        InstanceStore made = request;
        if (made == null) {
            made = new InstanceStore();
            request = made;
        }
        return made;
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
