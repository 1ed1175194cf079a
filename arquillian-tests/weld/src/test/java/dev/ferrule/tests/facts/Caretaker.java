package dev.ferrule.tests.facts;

import dev.ferrule.container.OpenSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.Set;

/** Sees the sessions of an endpoint from outside. */
@ApplicationScoped
public class Caretaker {
    @Inject
    OpenSessions sessions;

    Set<Session> inRooms() {
        return sessions.of(Reception.class);
    }

    Set<Session> atPath(String path) {
        return sessions.of(path);
    }
}
