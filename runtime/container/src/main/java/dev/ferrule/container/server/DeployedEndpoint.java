package dev.ferrule.container.server;

import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.endpoint.EndpointModel;
import dev.ferrule.container.path.UriTemplate;
import dev.ferrule.container.session.LogicalEndpoint;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.engine.extension.FrameExtension;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A logical endpoint in service. Compared by identity: it is what sessions of one endpoint have in common.
 *
 * @see ServerEndpoints
 */
final class DeployedEndpoint {
    private final boolean annotated;
    private final ServerEndpointConfig config;
    private final UriTemplate path;
    private final @Nullable EndpointModel model;
    private final CoderCatalog coders;
    private final Policy policy;
    private final LogicalEndpoint logical;

    /**
     * An endpoint.
     *
     * @param annotated whether it is deployed by its annotation, and not by a configuration
     * @param model the model of a class with annotated callbacks, or null for an {@link Endpoint}
     */
    DeployedEndpoint(
            boolean annotated,
            ServerEndpointConfig config,
            UriTemplate path,
            @Nullable EndpointModel model,
            CoderCatalog coders,
            Policy policy) {
        this.annotated = annotated;
        this.config = config;
        this.path = path;
        this.model = model;
        this.coders = coders;
        this.policy = policy;
        this.logical = new LogicalEndpoint(
                this, toString(), policy.settings(), coders, model == null ? List.of() : model.messages());
    }

    /**
     * What governs the connections of an endpoint.
     *
     * @param settings the endpoint's settings
     * @param installed the extensions that may be negotiated
     * @param origins who may connect
     */
    record Policy(Settings settings, List<FrameExtension> installed, OriginPolicy origins) {}

    ServerEndpointConfig config() {
        return config;
    }

    UriTemplate path() {
        return path;
    }

    CoderCatalog coders() {
        return coders;
    }

    Policy policy() {
        return policy;
    }

    /** What the sessions of this endpoint share. */
    LogicalEndpoint logical() {
        return logical;
    }

    /** Whether it is deployed by its annotation. */
    boolean isAnnotated() {
        return annotated;
    }

    /** The callbacks of an instance for one connection. */
    EndpointCallbacks bind(Object instance, Map<String, String> pathParameters) throws DeploymentException {
        if (model != null) {
            if (!model.type().isInstance(instance)) {
                throw wrong(instance, model.type());
            }
            return EndpointCallbacks.annotated(model, instance, pathParameters);
        }
        if (instance instanceof Endpoint endpoint) {
            return EndpointCallbacks.programmatic(endpoint);
        }
        throw wrong(instance, Endpoint.class);
    }

    private DeploymentException wrong(Object instance, Class<?> wanted) {
        return new DeploymentException("The configurator of " + this + " returned a "
                + instance.getClass().getName() + " from getEndpointInstance, which is no " + wanted.getName());
    }

    /** For people: class and path. */
    @Override
    public String toString() {
        return config.getEndpointClass().getName() + " at " + path;
    }
}
