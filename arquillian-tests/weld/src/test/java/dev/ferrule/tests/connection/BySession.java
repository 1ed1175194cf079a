package dev.ferrule.tests.connection;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.Serializable;

/** Where there is no HTTP session, the connection is the session. */
@SessionScoped
@ServerEndpoint("/by-session")
public class BySession implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Ledger ledger;

    /** A proxy, which a bean that CDI may passivate can hold. */
    @Inject
    Session session;

    private int messages;

    @OnMessage
    String on(String message, Session own) {
        return ++messages + " " + own.getId().equals(session.getId());
    }

    @PreDestroy
    void dead() {
        ledger.add("by session: " + messages);
    }
}
