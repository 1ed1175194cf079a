package dev.ferrule.arquillian.application;

import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Deploys all that it is given. */
public class EverythingGiven implements ServerApplicationConfig {
    @Override
    public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> endpointClasses) {
        return endpointClasses.stream()
                .map(type -> ServerEndpointConfig.Builder.create(
                                type, "/" + type.getSimpleName().toLowerCase(Locale.ROOT))
                        .build())
                .collect(Collectors.toSet());
    }

    @Override
    public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
        return scanned;
    }
}
