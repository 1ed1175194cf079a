package dev.ferrule.cdi.server;

import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private static final Logger LOG = System.getLogger(EndpointSelection.class.getName());

    /**
     * Selects.
     *
     * @param annotated every annotated endpoint class that was found
     * @param programmatic every programmatic endpoint class that was found
     * @param deciders the application's configurations
     * @param beans configurations of endpoints that are beans
     * @param problems takes a sentence for each decider that fails
     */
    static EndpointSelection of(
            Set<Class<?>> annotated,
            Set<Class<?>> programmatic,
            Collection<Decider> deciders,
            Collection<ServerEndpointConfig> beans,
            List<String> problems) {
        List<ServerEndpointConfig> configs = new ArrayList<>(beans);
        if (deciders.isEmpty()) {
            return new EndpointSelection(annotated, configs);
        }
        Set<Class<? extends Endpoint>> subclasses = new LinkedHashSet<>();
        programmatic.forEach(type -> subclasses.add(type.asSubclass(Endpoint.class)));
        Set<Class<?>> selected = new LinkedHashSet<>();
        for (Decider decider : deciders) {
            try {
                selected.addAll(orEmpty(decider.config().getAnnotatedEndpointClasses(new LinkedHashSet<>(annotated))));
                configs.addAll(orEmpty(decider.config().getEndpointConfigs(new LinkedHashSet<>(subclasses))));
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, decider.type().getName() + " failed", failure);
                problems.add(decider.type().getName() + " cannot say which endpoints are deployed: " + failure);
            }
        }
        return new EndpointSelection(selected, configs);
    }

    /**
     * A configuration of the application.
     *
     * @param type its class, as the application wrote it
     * @param config the configuration
     */
    record Decider(Class<?> type, ServerApplicationConfig config) {}

    /** Applications return null where they mean none. */
    private static <T> Set<T> orEmpty(@org.jspecify.annotations.Nullable Set<T> answer) {
        return answer == null ? Set.of() : answer;
    }

    boolean isEmpty() {
        return annotated.isEmpty() && configs.isEmpty();
    }
}
