package dev.ferrule.tests.interception;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Implements the callback that the interface declares. */
@ServerEndpoint("/talk")
public class Talker implements Talk {
    @Override
    @OnMessage
    public String say(String text) {
        return "said " + text;
    }
}
