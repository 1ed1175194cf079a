package dev.ferrule.tests.connection;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** A new instance for every callback. */
@RequestScoped
@ServerEndpoint("/by-request")
public class ByRequest {
    @Inject
    Ledger ledger;

    private int messages;

    @OnMessage
    int on(String message) {
        return ++messages;
    }

    @PreDestroy
    void dead() {
        ledger.add("by request: " + messages);
    }
}
