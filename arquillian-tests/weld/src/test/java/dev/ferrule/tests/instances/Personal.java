package dev.ferrule.tests.instances;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** No scope: one per connection. */
@ServerEndpoint("/personal")
public class Personal {
    @Inject
    Census census;

    @Inject
    Companion companion;

    private int messages;

    @PostConstruct
    void born() {
        census.endpointsBorn().incrementAndGet();
    }

    @OnMessage
    int on(String message) {
        return ++messages;
    }

    @PreDestroy
    void dead() {
        census.endpointsDead().incrementAndGet();
    }
}
