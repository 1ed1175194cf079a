package dev.ferrule.tests.injection;

import jakarta.inject.Inject;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

public class WordConfigurator extends ServerEndpointConfig.Configurator {
    @Inject
    Motto motto;

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().put("motto", motto.text());
    }
}
