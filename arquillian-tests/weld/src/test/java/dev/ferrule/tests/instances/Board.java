package dev.ferrule.tests.instances;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The same instance gets the callbacks of all connections and observes events. */
@ApplicationScoped
@ServerEndpoint("/board")
public class Board {
    private final Set<Session> readers = ConcurrentHashMap.newKeySet();

    @OnOpen
    void open(Session session) {
        readers.add(session);
    }

    @OnMessage
    int on(String message) {
        return readers.size();
    }

    @OnClose
    void close(Session session) {
        readers.remove(session);
    }

    void publish(@Observes Notice notice) {
        readers.forEach(reader -> reader.getAsyncRemote().sendText(notice.text()));
    }

    /** What the application fires. */
    record Notice(String text) {}
}
