package dev.ferrule.container.spi;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;

/**
 * Who is told what happens to connections. Called on callback threads, inside the contexts of the connection. What
 * {@code connected} and {@code disconnected} throw goes to the endpoint's error method, what {@code failed} throws to the log; it
 * stops neither callbacks nor clean-up.
 */
public interface EventSink {
    /** Tells nobody. */
    EventSink NONE = new EventSink() {};

    /** A session opened; comes before {@code onOpen}, which is called in any case. */
    default void connected(Session session) {}

    /** A session ended; comes after {@code onClose}. */
    default void disconnected(Session session, CloseReason reason) {}

    /** Something failed on behalf of a session; comes before the error method. */
    default void failed(Session session, Throwable error) {}
}
