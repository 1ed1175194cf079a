package dev.ferrule.tests.interception;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;

/** A programmatic endpoint that is a bean. */
@Dependent
public class WatchedProgrammatic extends Endpoint {
    @Produces
    static ServerEndpointConfig config() {
        return ServerEndpointConfig.Builder.create(WatchedProgrammatic.class, "/programmatic")
                .build();
    }

    @Traced
    @Override
    public void onOpen(Session session, EndpointConfig config) {}
}
