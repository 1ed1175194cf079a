package dev.ferrule.samples.echo;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Set;

/** What is deployed: {@link Broadcast} as annotated, {@link Echo} with the subprotocols of the command line. */
@Dependent
public class EchoApplication implements ServerApplicationConfig {
    private final Options options;

    @Inject
    EchoApplication(Options options) {
        this.options = options;
    }

    @Override
    public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
        return Set.of(ServerEndpointConfig.Builder.create(Echo.class, "/echo")
                .subprotocols(options.subprotocols())
                .build());
    }

    @Override
    public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
        return Set.of(Broadcast.class);
    }
}
