package dev.ferrule.tests.connection;

import dev.ferrule.cdi.ConnectionScoped;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** An endpoint that others in its connection may inject. */
@ConnectionScoped
@ServerEndpoint("/by-connection")
public class ByConnection {
    @Inject
    Ledger ledger;

    @Inject
    Colleague colleague;

    private int messages;

    @OnMessage
    String on(String message) {
        messages++;
        return colleague.report();
    }

    int messages() {
        return messages;
    }

    @PreDestroy
    void dead() {
        ledger.add("by connection: " + messages);
    }
}
