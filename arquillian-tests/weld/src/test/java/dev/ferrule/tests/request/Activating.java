package dev.ferrule.tests.request;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Asks for a request context where there is one already. */
@ServerEndpoint("/activating")
public class Activating {
    @Inject
    Request request;

    @OnMessage
    @ActivateRequestContext
    String on(String message) {
        return request.id();
    }
}
