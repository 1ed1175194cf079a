package dev.ferrule.tests.security;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;

/** A programmatic endpoint for administrators. */
@Dependent
@RolesAllowed("admin")
public class Vault extends Endpoint {
    @Produces
    static ServerEndpointConfig config() {
        return ServerEndpointConfig.Builder.create(Vault.class, "/vault").build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.getAsyncRemote()
                .sendText("open to " + session.getUserPrincipal().getName());
    }
}
