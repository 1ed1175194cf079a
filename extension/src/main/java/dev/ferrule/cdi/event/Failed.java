package dev.ferrule.cdi.event;

import jakarta.websocket.Session;

/**
 * Something failed in a connection. Fired before the endpoint's error method; what an observer throws is logged.
 *
 * @param session the session
 * @param error what the error method is told
 */
public record Failed(Session session, Throwable error) {}
