package dev.ferrule.arquillian.application;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;

/** Lies in a jar of {@code WEB-INF/lib}, beside {@link EverythingGiven}. */
public class Programmatic extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                text -> session.getAsyncRemote().sendText("programmatic: " + text));
    }
}
