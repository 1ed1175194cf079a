package dev.ferrule.tests.programmatic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.websocket.server.ServerEndpointConfig;

@ApplicationScoped
public class LinesProducer {
    @Produces
    @ApplicationScoped
    ServerEndpointConfig lines() {
        return ServerEndpointConfig.Builder.create(Lines.class, "/lines").build();
    }
}
