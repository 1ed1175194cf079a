package dev.ferrule.tests.broadcast;

import dev.ferrule.container.Broadcast;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** Passes each price on to everybody. */
@ServerEndpoint("/ticker")
@ApplicationScoped
public class Ticker {
    @Inject
    Broadcast broadcast;

    /** A price, as JSON. */
    public record Price(String symbol, int cents) {}

    @OnMessage
    void price(Price price, Session session) {
        broadcast.send(price, session.getOpenSessions());
    }
}
