package dev.ferrule.tests.kit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Counts who is there, and answers with the sum. */
@ServerEndpoint("/counter")
@ApplicationScoped
public class Counter {
    /** Two numbers to add. */
    public record Addition(int one, int other) {}

    /** Their sum. */
    public record Sum(int value) {}

    private final Set<String> present = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Integer> left = new LinkedBlockingQueue<>();

    @OnOpen
    void open(Session session) {
        present.add(session.getId());
    }

    @OnMessage
    Sum add(Addition addition) {
        return new Sum(addition.one() + addition.other());
    }

    @OnClose
    void close(Session session, CloseReason reason) {
        present.remove(session.getId());
        left.add(reason.getCloseCode().getCode());
    }

    int present() {
        return present.size();
    }

    BlockingQueue<Integer> left() {
        return left;
    }
}
