package dev.ferrule.tests.constraints;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Valid;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Behind a client proxy. */
@ApplicationScoped
@ServerEndpoint("/shared")
public class SharedShop {
    @OnMessage
    String on(@Valid Order order) {
        return "sold";
    }

    @OnError
    void failed(Session session, Throwable error) throws IOException {
        session.getBasicRemote().sendText(error.getClass().getSimpleName());
    }
}
