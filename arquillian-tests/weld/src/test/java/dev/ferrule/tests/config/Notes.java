package dev.ferrule.tests.config;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Has no settings of its own. */
@ServerEndpoint("/notes")
public class Notes extends Diary {
    @Override
    @OnMessage
    int on(String entry) {
        return super.on(entry);
    }
}
