package dev.ferrule.container.session;

import jakarta.websocket.Session;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The open sessions of a container, by logical endpoint. Threading: any thread; iteration sees a recent state. */
final class SessionRegistry {
    private final Map<Object, Set<FerruleSession>> byEndpoint = new ConcurrentHashMap<>();

    void add(FerruleSession session) {
        byEndpoint.compute(session.endpointKey(), (key, sessions) -> {
            Set<FerruleSession> members = sessions == null ? ConcurrentHashMap.newKeySet() : sessions;
            members.add(session);
            return members;
        });
    }

    void remove(FerruleSession session) {
        byEndpoint.computeIfPresent(session.endpointKey(), (key, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** A copy of the open sessions of an endpoint. */
    Set<Session> of(Object endpointKey) {
        return new HashSet<>(byEndpoint.getOrDefault(endpointKey, Set.of()));
    }

    /** A copy of all open sessions. */
    Set<FerruleSession> all() {
        Set<FerruleSession> all = new HashSet<>();
        byEndpoint.values().forEach(all::addAll);
        return all;
    }

    boolean isEmpty() {
        return byEndpoint.isEmpty();
    }

    void forEach(Consumer<FerruleSession> action) {
        byEndpoint.values().forEach(sessions -> sessions.forEach(action));
    }
}
