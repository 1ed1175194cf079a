package dev.ferrule.container.session;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint that a client wants to connect, as the application named it; unchecked.
 *
 * @param type the endpoint's class, a proxy's class perhaps
 * @param instance the instance to use, or null for a new one with each connection
 * @param config the configuration of a programmatic endpoint; null for an annotated one
 * @param properties the first user properties of an annotated endpoint
 */
public record Wanted(
        Class<?> type,
        @Nullable Object instance,
        @Nullable ClientEndpointConfig config,
        Map<String, Object> properties) {
    static Wanted annotated(Object instanceOrClass, Map<String, Object> properties) {
        return instanceOrClass instanceof Class<?> type
                ? new Wanted(type, null, null, properties)
                : new Wanted(instanceOrClass.getClass(), instanceOrClass, null, properties);
    }

    static Wanted programmatic(Endpoint instance, @Nullable ClientEndpointConfig config) {
        return new Wanted(instance.getClass(), instance, orDefault(config), Map.of());
    }

    static Wanted programmatic(Class<? extends Endpoint> type, @Nullable ClientEndpointConfig config) {
        return new Wanted(type, null, orDefault(config), Map.of());
    }

    private static ClientEndpointConfig orDefault(@Nullable ClientEndpointConfig config) {
        return config == null ? ClientEndpointConfig.Builder.create().build() : config;
    }
}
