package dev.ferrule.cdi.event;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;

/**
 * A connection has ended. Fired after {@code onClose}, while the connection's beans still live; what an observer throws goes to the
 * endpoint's error method and stops no clean-up.
 *
 * @param session the session, closed
 * @param reason why it ended, as {@code onClose} was told
 */
public record Disconnected(Session session, CloseReason reason) {}
