package dev.ferrule.tests.events;

import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.server.ServerEndpoint;

/** The endpoint whose connections are watched. */
@ServerEndpoint("/stage/{play}")
public class Stage {
    @Inject
    Story story;

    @OnOpen
    void open() {
        story.add("open");
    }

    @OnMessage
    String on(String message) {
        if (message.equals("fail")) {
            throw new IllegalStateException("message");
        }
        return message;
    }

    @OnError
    void failed(Throwable error) {
        story.add("error: " + error.getMessage());
    }

    @OnClose
    void close() {
        story.add("close");
    }
}
