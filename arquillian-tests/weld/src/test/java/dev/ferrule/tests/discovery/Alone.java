package dev.ferrule.tests.discovery;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

@ServerEndpoint("/alone")
public class Alone {
    @OnMessage
    String on(String message) {
        return message;
    }
}
