package dev.ferrule.tests.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where it is, and what it says, stands in the configuration. */
@ServerEndpoint("${chat.path:/chat}/{room}")
@ApplicationScoped
public class Chat {
    @Inject
    @ConfigProperty(name = "chat.greeting")
    String greeting;

    @OnMessage
    String on(String name, @PathParam("room") String room) {
        return greeting + " to " + room + ", " + name;
    }
}
