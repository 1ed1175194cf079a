package dev.ferrule.tests.events;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Another endpoint. */
@ServerEndpoint("/elsewhere")
public class Elsewhere {
    @OnMessage
    String on(String message) {
        return message;
    }
}
