package dev.ferrule.cdi.observe;

import dev.ferrule.cdi.context.ConnectionContexts;
import dev.ferrule.cdi.context.ConnectionEvents;
import dev.ferrule.cdi.event.Connected;
import dev.ferrule.cdi.event.Disconnected;
import dev.ferrule.cdi.event.Failed;
import dev.ferrule.cdi.event.Handshaking;
import dev.ferrule.cdi.event.Veto;
import dev.ferrule.container.spi.EventSink;
import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.HandshakeVerdict;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/**
 * Fires the events of connections, those that somebody observes. Asynchronous observers run in the connection, too.
 *
 * <p>Threading: any thread, in the contexts of the connection that it is about.
 */
public final class Announcements implements EventSink, ConnectionEvents {
    private static final Logger LOG = System.getLogger(Announcements.class.getName());

    private final Observers observers;
    private final ConnectionContexts contexts;
    private final Event<Object> event;
    private final NotificationOptions inConnection;

    /**
     * Announcements.
     *
     * @param event fires them
     * @param inConnection runs asynchronous observers
     */
    public Announcements(Observers observers, ConnectionContexts contexts, Event<Object> event, Executor inConnection) {
        this.observers = observers;
        this.contexts = contexts;
        this.event = event;
        this.inConnection = NotificationOptions.ofExecutor(inConnection);
    }

    /** What tells the observers of sessions: nothing when there are none. */
    public EventSink sessions() {
        boolean any = observers.hasAny(Occasion.CONNECTED)
                || observers.hasAny(Occasion.FAILED)
                || observers.hasAny(Occasion.DISCONNECTED);
        return any ? this : EventSink.NONE;
    }

    /** What tells the observers of connections: nothing when there are none. */
    public ConnectionEvents connections() {
        boolean any = observers.hasAny(Occasion.INITIALIZED)
                || observers.hasAny(Occasion.BEFORE_DESTROYED)
                || observers.hasAny(Occasion.DESTROYED);
        return any ? this : ConnectionEvents.NONE;
    }

    /** Whether somebody observes handshakes, and may refuse them. */
    public boolean areHandshakesObserved() {
        return observers.hasAny(Occasion.HANDSHAKING);
    }

    /** Asks the observers of handshakes. */
    public HandshakeVerdict handshaking(OpeningHandshake handshake) {
        HandshakeFacts request = handshake.request();
        if (request == null) {
            return HandshakeVerdict.anonymous();
        }
        Veto veto = new Veto();
        fire(Occasion.HANDSHAKING, handshake.endpointClass(), new Handshaking(request, veto));
        return veto.verdict();
    }

    @Override
    public void connected(Session session) {
        if (observers.hasAny(Occasion.CONNECTED)) {
            fire(Occasion.CONNECTED, endpoint(), new Connected(session));
        }
    }

    @Override
    public void disconnected(Session session, CloseReason reason) {
        if (observers.hasAny(Occasion.DISCONNECTED)) {
            fire(Occasion.DISCONNECTED, endpoint(), new Disconnected(session, reason));
        }
    }

    @Override
    public void failed(Session session, Throwable error) {
        if (observers.hasAny(Occasion.FAILED)) {
            fire(Occasion.FAILED, endpoint(), new Failed(session, error));
        }
    }

    private Class<?> endpoint() {
        return contexts.required().handshake().endpointClass();
    }

    @Override
    public boolean isBeginObserved() {
        return observers.hasAny(Occasion.INITIALIZED);
    }

    @Override
    public void initialized(OpeningHandshake handshake) {
        fireQuietly(Occasion.INITIALIZED, handshake);
    }

    @Override
    public void beforeDestroyed(OpeningHandshake handshake) {
        fireQuietly(Occasion.BEFORE_DESTROYED, handshake);
    }

    @Override
    public void destroyed(OpeningHandshake handshake) {
        fireQuietly(Occasion.DESTROYED, handshake);
    }

    private void fireQuietly(Occasion occasion, OpeningHandshake handshake) {
        if (observers.hasAny(occasion)) {
            try {
                fire(occasion, handshake.endpointClass(), handshake);
            } catch (RuntimeException | Error failure) {
                LOG.log(
                        Level.WARNING,
                        "An observer of " + occasion.qualifier(handshake.endpointClass()) + " failed",
                        failure);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void fire(Occasion occasion, Class<?> endpoint, T what) {
        Event<T> selected = event.select((Class<T>) what.getClass(), occasion.qualifier(endpoint));
        try {
            if (observers.hasLater(occasion)) {
                selected.fireAsync(what, inConnection).whenComplete((told, failure) -> {
                    if (failure != null) {
                        LOG.log(Level.WARNING, "An asynchronous observer of " + what + " failed", failure);
                    }
                });
            }
        } finally {
            if (observers.has(occasion)) {
                selected.fire(what);
            }
        }
    }
}
