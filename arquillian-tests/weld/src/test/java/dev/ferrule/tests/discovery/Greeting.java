package dev.ferrule.tests.discovery;

import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** An endpoint with no other annotation on its class. */
@ServerEndpoint("/greeting")
public class Greeting {
    @Inject
    Greeter greeter;

    @OnMessage
    String on(String name) {
        return greeter.greet(name);
    }
}
