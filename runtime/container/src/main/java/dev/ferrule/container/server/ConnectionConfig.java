package dev.ferrule.container.server;

import dev.ferrule.container.session.UserProperties;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;

/**
 * A configuration as one connection sees it: everything is the endpoint's but the user properties, which are a copy made
 * before {@code modifyHandshake} (§3.1.5).
 */
final class ConnectionConfig implements ServerEndpointConfig, UserProperties.Holder {
    private final DeployedEndpoint endpoint;
    private final Configurator configurator;
    private final UserProperties userProperties;

    ConnectionConfig(DeployedEndpoint endpoint, Configurator configurator) {
        this.endpoint = endpoint;
        this.configurator = configurator;
        this.userProperties = new UserProperties(endpoint.config().getUserProperties());
    }

    @Override
    public Class<?> getEndpointClass() {
        return endpoint.config().getEndpointClass();
    }

    @Override
    public String getPath() {
        return endpoint.path().toString();
    }

    @Override
    public List<String> getSubprotocols() {
        return endpoint.config().getSubprotocols();
    }

    @Override
    public List<Extension> getExtensions() {
        return endpoint.config().getExtensions();
    }

    @Override
    public Configurator getConfigurator() {
        return configurator;
    }

    @Override
    public List<Class<? extends Encoder>> getEncoders() {
        return endpoint.config().getEncoders();
    }

    @Override
    public List<Class<? extends Decoder>> getDecoders() {
        return endpoint.config().getDecoders();
    }

    @Override
    public Map<String, Object> getUserProperties() {
        return userProperties.map();
    }

    @Override
    public UserProperties userProperties() {
        return userProperties;
    }
}
