package dev.ferrule.cdi.server;

import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is deployed (WSC-6.2): all annotated endpoints that were found, unless there are {@link ServerApplicationConfig}s,
 * which then decide for all of the application; and the {@link ServerEndpointConfig}s that are beans.
 *
 * @param annotated annotated endpoint classes
 * @param configs programmatic endpoints
 */
record EndpointSelection(Set<Class<?>> annotated, List<ServerEndpointConfig> configs) {

    /**
     * Selects.
     *
     * @param annotated every annotated endpoint class that was found
     * @param programmatic every programmatic endpoint class that was found
     * @param deciders the application's configurations
     * @param beans configurations of endpoints that are beans
     */
    static EndpointSelection of(
            Set<Class<?>> annotated,
            Set<Class<?>> programmatic,
            Collection<ServerApplicationConfig> deciders,
            Collection<ServerEndpointConfig> beans) {
        List<ServerEndpointConfig> configs = new ArrayList<>(beans);
        if (deciders.isEmpty()) {
            return new EndpointSelection(annotated, configs);
        }
        Set<Class<? extends Endpoint>> subclasses = new LinkedHashSet<>();
        programmatic.forEach(type -> subclasses.add(type.asSubclass(Endpoint.class)));
        Set<Class<?>> selected = new LinkedHashSet<>();
        for (ServerApplicationConfig decider : deciders) {
            selected.addAll(orEmpty(decider.getAnnotatedEndpointClasses(new LinkedHashSet<>(annotated))));
            configs.addAll(orEmpty(decider.getEndpointConfigs(new LinkedHashSet<>(subclasses))));
        }
        return new EndpointSelection(selected, configs);
    }

    /** Applications return null where they mean none. */
    private static <T> Set<T> orEmpty(@org.jspecify.annotations.Nullable Set<T> answer) {
        return answer == null ? Set.of() : answer;
    }

    boolean isEmpty() {
        return annotated.isEmpty() && configs.isEmpty();
    }
}
