package dev.ferrule.tests.config;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Takes longer messages than other endpoints. */
@ServerEndpoint("/diary")
public class Diary {
    @OnMessage
    int on(String entry) {
        return entry.length();
    }
}
