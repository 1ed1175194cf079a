package dev.ferrule.cdi.context;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Context;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The CDI contexts around every call of application code in one CDI container: a request for each callback, and the connection,
 * which is also the session where there is no other.
 *
 * <p>Threading: any thread.
 */
public final class ConnectionContexts implements CallbackScope {
    private final CallbackRequests requests = new CallbackRequests(this);
    private final ConnectionContext connections = new ConnectionContext(ConnectionScoped.class, this);
    private final ConnectionContext sessions = new ConnectionContext(SessionScoped.class, this);
    private volatile ConnectionEvents events = ConnectionEvents.NONE;

    /** Contexts that are not active anywhere yet. */
    public ConnectionContexts() {}

    /** What the CDI container is to know. */
    public List<AlterableContext> all() {
        return List.of(requests, connections, sessions);
    }

    /** The contexts of the same scope that come first, where they are active, and who observes connections. */
    public void ready(Others others, ConnectionEvents observers) {
        requests.rank(others.requests());
        sessions.rank(others.sessions());
        connections.rank(List.of());
        events = observers;
    }

    /**
     * Contexts of the CDI container; ours may be among them.
     *
     * @param requests those of requests
     * @param sessions those of sessions
     */
    public record Others(Collection<Context> requests, Collection<Context> sessions) {}

    @Override
    public ConnectionLife begin(OpeningHandshake handshake) {
        ConnectionLife connection = new ConnectionLife(this, handshake);
        ConnectionEvents observers = events;
        if (observers.isBeginObserved()) {
            try (Activation active = connection.enter()) {
                observers.initialized(handshake);
            }
        }
        return connection;
    }

    /** The connection of this thread, or null where it has none in this container, or none any more. */
    public @Nullable ConnectionLife current() {
        ConnectionLife current = Stay.connection();
        return current != null && current.isActiveIn(this) ? current : null;
    }

    /**
     * The connection of this thread.
     *
     * @throws ContextNotActiveException when it has none in this container, or none any more
     */
    public ConnectionLife required() {
        ConnectionLife current = current();
        if (current == null) {
            throw new ContextNotActiveException(
                    "This thread runs no code of a WebSocket connection: what belongs to one is"
                            + " there in callbacks, coders, configurators and observers, and in tasks of the executor that"
                            + " @Inject @InConnection Executor gives");
        }
        return current;
    }

    CallbackRequests requests() {
        return requests;
    }

    ConnectionEvents events() {
        return events;
    }
}
