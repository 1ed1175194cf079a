package dev.ferrule.container.session;

import jakarta.websocket.Session;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    /** How many there are. */
    int size() {
        int size = 0;
        for (Set<FerruleSession> sessions : byEndpoint.values()) {
            size += sessions.size();
        }
        return size;
    }

    /** Over all of them, as long as it takes: those that come or go meanwhile are seen, or not. */
    Iterator<FerruleSession> iterator() {
        Iterator<Set<FerruleSession>> endpoints = byEndpoint.values().iterator();
        return new Iterator<>() {
            private Iterator<FerruleSession> sessions = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!sessions.hasNext() && endpoints.hasNext()) {
                    sessions = endpoints.next().iterator();
                }
                return sessions.hasNext();
            }

            @Override
            public FerruleSession next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return sessions.next();
            }
        };
    }
}
