package dev.ferrule.tests.programmatic;

import jakarta.inject.Inject;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;

/** Decides what is deployed; no bean in annotated discovery, and yet made with injection. */
public class Application implements ServerApplicationConfig {
    @Inject
    Prefix prefix;

    @Override
    public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
        return found.contains(Lines.class) && prefix.text().equals("> ")
                ? Set.of(ServerEndpointConfig.Builder.create(Lines.class, "/by-config")
                        .build())
                : Set.of();
    }

    @Override
    public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
        return Set.of();
    }
}
