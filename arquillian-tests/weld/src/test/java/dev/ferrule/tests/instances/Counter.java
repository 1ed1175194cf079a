package dev.ferrule.tests.instances;

import jakarta.inject.Singleton;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.atomic.AtomicInteger;

/** Not a normal scope, and yet shared. */
@Singleton
@ServerEndpoint("/counter")
public class Counter {
    private final AtomicInteger messages = new AtomicInteger();

    @OnMessage
    int on(String message) {
        return messages.incrementAndGet();
    }
}
