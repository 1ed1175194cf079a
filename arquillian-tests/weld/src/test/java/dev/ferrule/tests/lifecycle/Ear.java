package dev.ferrule.tests.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what its own CDI container's peers say. */
@ApplicationScoped
@ServerEndpoint("/ear")
public class Ear {
    private final AtomicInteger heard = new AtomicInteger();

    @OnMessage
    int on(String message) {
        return heard.incrementAndGet();
    }
}
