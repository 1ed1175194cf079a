package dev.ferrule.tests.transports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

@ApplicationScoped
@ServerEndpoint("/echo/{name}")
public class Echo {
    @Inject
    Stamp stamp;

    @OnMessage
    String text(String message, @PathParam("name") String name) {
        return stamp.on(name + ": " + message);
    }

    @OnMessage
    ByteBuffer binary(ByteBuffer message) {
        return message;
    }
}
