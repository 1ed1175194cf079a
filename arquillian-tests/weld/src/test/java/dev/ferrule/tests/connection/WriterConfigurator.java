package dev.ferrule.tests.connection;

import jakarta.inject.Inject;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** The connection begins before its configurator is asked anything. */
public class WriterConfigurator extends ServerEndpointConfig.Configurator {
    @Inject
    Draft draft;

    @Override
    public boolean checkOrigin(String origin) {
        draft.append("from " + origin + ": ");
        return !"http://evil.example".equals(origin);
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        response.getHeaders().put("Draft", List.of(String.valueOf(draft.id())));
    }
}
