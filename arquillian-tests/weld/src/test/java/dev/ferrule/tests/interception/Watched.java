package dev.ferrule.tests.interception;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.server.ServerEndpoint;

/** All callbacks intercepted, none of them public. */
@Traced
@ServerEndpoint("/watched")
public class Watched {
    @OnOpen
    void open() {}

    @OnMessage
    void message(String text) {
        throw new IllegalStateException(text);
    }

    @OnError
    void error(Throwable failure) {}

    @OnClose
    void close() {}
}
