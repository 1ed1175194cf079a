package dev.ferrule.tests.instances;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

@ApplicationScoped
@ServerEndpoint(value = "/shouting", encoders = Shout.class)
public class Shouting {
    @OnMessage
    Shout.Word on(String text) {
        return new Shout.Word(text);
    }
}
