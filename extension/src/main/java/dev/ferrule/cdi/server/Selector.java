package dev.ferrule.cdi.server;

import dev.ferrule.cdi.instance.BeanInstances;
import dev.ferrule.container.spi.InstanceCreationException;
import dev.ferrule.container.spi.InstanceHandle;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes from what was found what counts in this deployment, and asks the application's configurations. */
final class Selector {
    private final EmbeddedServer.Deployment deployment;
    private final BeanInstances instances;
    private final List<Runnable> ends;

    /**
     * A selector for one deployment.
     *
     * @param ends takes what lets go of what is made, at the front
     */
    Selector(EmbeddedServer.Deployment deployment, BeanInstances instances, List<Runnable> ends) {
        this.deployment = deployment;
        this.instances = instances;
        this.ends = ends;
    }

    /**
     * What is to be deployed.
     *
     * @param beans configurations of endpoints that are beans
     * @param problems takes a sentence for each configuration of the application that fails
     */
    EndpointSelection select(Collection<ServerEndpointConfig> beans, List<String> problems) {
        List<EndpointSelection.Decider> deciders = new ArrayList<>();
        for (Class<?> type : counting(deployment.discovery().applicationConfigs())) {
            try {
                InstanceHandle<? extends ServerApplicationConfig> handle =
                        instances.obtain(type.asSubclass(ServerApplicationConfig.class));
                ends.add(0, handle::release);
                deciders.add(new EndpointSelection.Decider(type, handle.instance()));
            } catch (InstanceCreationException failure) {
                problems.add(failure.getMessage());
            }
        }
        EndpointSelection selection = EndpointSelection.of(
                counting(deployment.discovery().serverEndpoints()),
                counting(deployment.discovery().programmaticEndpoints()),
                deciders,
                beans,
                problems);
        Set<Class<?>> annotated = new LinkedHashSet<>();
        selection.annotated().forEach(type -> annotated.add(deployment.beans().successor(type)));
        return new EndpointSelection(annotated, selection.configs());
    }

    /** Those that are not left out, each with the bean that specializes it. */
    private Set<Class<?>> counting(Set<Class<?>> found) {
        Set<Class<?>> counting = new LinkedHashSet<>();
        for (Class<?> type : found) {
            boolean possible = instances.obstacle(type) == null;
            if (deployment.beans().contains(type) || !deployment.discovery().isLeftOut(type, possible)) {
                counting.add(deployment.beans().successor(type));
            }
        }
        return counting;
    }
}
