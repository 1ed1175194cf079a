package dev.ferrule.cdi.event;

import jakarta.websocket.Session;

/**
 * A connection has opened, as a server or as a client. Fired before {@code onOpen}; what an observer throws goes to the endpoint's
 * error method, and {@code onOpen} is called all the same.
 *
 * @param session the session; messages may be sent already
 */
public record Connected(Session session) {}
