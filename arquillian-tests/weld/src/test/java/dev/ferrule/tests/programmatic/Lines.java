package dev.ferrule.tests.programmatic;

import jakarta.inject.Inject;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;

/** A programmatic endpoint, deployed by whoever says so. */
public class Lines extends Endpoint {
    @Inject
    Prefix prefix;

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                line -> session.getAsyncRemote().sendText(prefix.text() + line));
    }
}
