package dev.ferrule.container.server;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A configuration as one connection sees it: everything is the endpoint's but the user properties, which are a copy made
 * before {@code modifyHandshake} (§3.1.5).
 */
final class ConnectionConfig implements ServerEndpointConfig {
    private final ServerEndpointConfig shared;
    private final String path;
    private final Configurator configurator;
    private final Map<String, Object> userProperties = new ConcurrentHashMap<>();

    ConnectionConfig(DeployedEndpoint endpoint, Configurator configurator) {
        this.shared = endpoint.config();
        this.path = endpoint.path().toString();
        this.configurator = configurator;
        shared.getUserProperties().forEach((key, value) -> {
            if (value != null) {
                userProperties.put(key, value);
            }
        });
    }

    @Override
    public Class<?> getEndpointClass() {
        return shared.getEndpointClass();
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public List<String> getSubprotocols() {
        return shared.getSubprotocols();
    }

    @Override
    public List<Extension> getExtensions() {
        return shared.getExtensions();
    }

    @Override
    public Configurator getConfigurator() {
        return configurator;
    }

    @Override
    public List<Class<? extends Encoder>> getEncoders() {
        return shared.getEncoders();
    }

    @Override
    public List<Class<? extends Decoder>> getDecoders() {
        return shared.getDecoders();
    }

    @Override
    public Map<String, Object> getUserProperties() {
        return userProperties;
    }
}
