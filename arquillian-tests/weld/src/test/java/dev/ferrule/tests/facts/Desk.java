package dev.ferrule.tests.facts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;

/** One for all connections; what it injects belongs to the connection that asks. */
@ApplicationScoped
public class Desk {
    @Inject
    Session session;

    @Inject
    EndpointConfig config;

    @Inject
    HandshakeRequest request;

    String sessionId() {
        return session.getId();
    }

    String header(String name) {
        return String.join(",", request.getHeaders().get(name));
    }

    String property(String name) {
        return String.valueOf(config.getUserProperties().get(name));
    }
}
