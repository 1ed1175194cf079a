package dev.ferrule.tests.request;

import jakarta.inject.Inject;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

@ServerEndpoint(value = "/requests", decoders = TagDecoder.class)
public class Requests {
    @Inject
    Request request;

    @Inject
    Service service;

    @OnOpen
    void open(Session session) throws IOException {
        session.getBasicRemote().sendText("open " + request.id());
    }

    @OnMessage
    String on(Tag tag) {
        if (tag.text().equals("throw")) {
            throw new IllegalStateException(request.id());
        }
        return tag.decodedIn() + " " + request.id() + " " + service.requestId();
    }

    @OnError
    void failed(Session session, Throwable error) throws IOException {
        session.getBasicRemote().sendText(error.getMessage() + " " + request.id());
    }
}
