package dev.ferrule.container.server;

import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;

/** A server's opening handshake, as the contexts of its connection keep it: without the exchange. */
final class ServerOpening implements OpeningHandshake {
    private final UpgradeRequest request;
    private final Map<String, String> pathParameters;
    private volatile ServerEndpointConfig config;

    ServerOpening(ServerEndpointConfig config, UpgradeRequest request, Map<String, String> pathParameters) {
        this.config = config;
        this.request = request;
        this.pathParameters = pathParameters;
    }

    /** The connection has a configuration of its own now. */
    void configure(ServerEndpointConfig own) {
        config = own;
    }

    @Override
    public Class<?> endpointClass() {
        return config.getEndpointClass();
    }

    @Override
    public ServerEndpointConfig config() {
        return config;
    }

    @Override
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    @Override
    public UpgradeRequest request() {
        return request;
    }

    @Override
    public void compact() {
        request.shrink();
    }
}
