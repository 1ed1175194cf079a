package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.websocket.EndpointConfig;
import java.util.Map;

/** Nothing is known of it. */
class NoHandshake implements OpeningHandshake {
    @Override
    public Class<?> endpointClass() {
        return Object.class;
    }

    @Override
    public EndpointConfig config() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> pathParameters() {
        return Map.of();
    }

    @Override
    public HandshakeFacts request() {
        return null;
    }
}
