package dev.ferrule.container.session;

import jakarta.websocket.Session;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open sessions of a container, by logical endpoint. Threading: any thread; iteration sees a recent state. */
final class SessionRegistry {
    private final Map<Object, Members> byEndpoint = new ConcurrentHashMap<>();

    /** The sessions of one endpoint, and what was last told of them: who broadcasts asks much more often than they change. */
    private static final class Members {
        private final Set<FerruleSession> sessions = ConcurrentHashMap.newKeySet();
        private volatile Session @Nullable [] told;

        synchronized void add(FerruleSession session) {
            sessions.add(session);
            told = null;
        }

        synchronized void remove(FerruleSession session) {
            sessions.remove(session);
            told = null;
        }

        /** The sessions as they are now; nobody changes the array. */
        Session[] now() {
            Session[] known = told;
            return known == null ? look() : known;
        }

        private synchronized Session[] look() {
            Session[] known = told;
            if (known == null) {
                known = sessions.toArray(new Session[0]);
                told = known;
            }
            return known;
        }
    }

    void add(FerruleSession session) {
        byEndpoint.compute(session.endpointKey(), (key, known) -> {
            Members members = known == null ? new Members() : known;
            members.add(session);
            return members;
        });
    }

    void remove(FerruleSession session) {
        byEndpoint.computeIfPresent(session.endpointKey(), (key, members) -> {
            members.remove(session);
            return members.sessions.isEmpty() ? null : members;
        });
    }

    /** A copy of the open sessions of an endpoint. */
    Set<Session> of(Object endpointKey) {
        Members members = byEndpoint.get(endpointKey);
        return new SessionSet(members == null ? new Session[0] : members.now());
    }

    /** A copy of all open sessions. */
    Set<FerruleSession> all() {
        Set<FerruleSession> all = new HashSet<>();
        byEndpoint.values().forEach(members -> all.addAll(members.sessions));
        return all;
    }

    boolean isEmpty() {
        return byEndpoint.isEmpty();
    }

    /** How many there are. */
    int size() {
        int size = 0;
        for (Members members : byEndpoint.values()) {
            size += members.sessions.size();
        }
        return size;
    }

    /** Over all of them, as long as it takes: those that come or go meanwhile are seen, or not. */
    Iterator<FerruleSession> iterator() {
        Iterator<Members> endpoints = byEndpoint.values().iterator();
        return new Iterator<>() {
            private Iterator<FerruleSession> sessions = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!sessions.hasNext() && endpoints.hasNext()) {
                    sessions = endpoints.next().sessions.iterator();
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
