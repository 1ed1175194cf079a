package dev.ferrule.tests.request;

import jakarta.inject.Inject;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;

/** Tells the request in which its configurator was called, and the one in which it was made. */
@ServerEndpoint(value = "/handshake", configurator = HandshakeRequests.Configurator.class)
public class HandshakeRequests {
    private final String madeIn;

    @Inject
    HandshakeRequests(Request request) {
        madeIn = request.id();
    }

    @OnOpen
    void open(Session session) throws IOException {
        session.getBasicRemote().sendText(session.getUserProperties().get("modified in") + " " + madeIn);
    }

    /** Uses the request twice. */
    public static class Configurator extends ServerEndpointConfig.Configurator {
        @Inject
        Request request;

        @Override
        public void modifyHandshake(
                ServerEndpointConfig config, HandshakeRequest handshake, HandshakeResponse response) {
            config.getUserProperties().put("modified in", request.id());
        }
    }
}
