package dev.ferrule.tests.connection;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.HandshakeResponse;
import java.util.List;
import java.util.Map;

/** A client's handshake: sends an origin, and keeps the answer. */
final class Headers extends ClientEndpointConfig.Configurator {
    private final String origin;
    private volatile Map<String, List<String>> answered = Map.of();

    Headers(String origin) {
        this.origin = origin;
    }

    ClientEndpointConfig config() {
        return ClientEndpointConfig.Builder.create().configurator(this).build();
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
        headers.put("Origin", List.of(origin));
    }

    @Override
    public void afterResponse(HandshakeResponse response) {
        answered = response.getHeaders();
    }

    String answered(String name) {
        return answered.get(name).get(0);
    }
}
