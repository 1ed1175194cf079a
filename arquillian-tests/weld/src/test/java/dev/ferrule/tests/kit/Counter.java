package dev.ferrule.tests.kit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts who is there, and answers with the sum. */
@ServerEndpoint("/counter")
@ApplicationScoped
public class Counter {
    /** Two numbers to add. */
    public record Addition(int one, int other) {}

    /** Their sum. */
    public record Sum(int value) {}

    private final Set<String> present = ConcurrentHashMap.newKeySet();

    @OnOpen
    void open(Session session) {
        present.add(session.getId());
    }

    @OnMessage
    Sum add(Addition addition) {
        return new Sum(addition.one() + addition.other());
    }

    @OnClose
    void close(Session session) {
        present.remove(session.getId());
    }

    int present() {
        return present.size();
    }
}
