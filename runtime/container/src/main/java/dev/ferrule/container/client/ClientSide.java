package dev.ferrule.container.client;

import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.endpoint.EndpointModel;
import dev.ferrule.container.session.CatalogShapes;
import dev.ferrule.container.session.ContainerServices.Hooks;
import dev.ferrule.container.session.Wanted;
import dev.ferrule.container.spi.InstanceCreationException;
import dev.ferrule.container.spi.InstanceHandle;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client endpoint that is about to connect: checked, but not yet instantiated.
 *
 * @param type the endpoint class: sessions of one class in one container see each other
 * @param config its configuration
 * @param coders its encoders and decoders
 * @param instance makes or gives the instance
 * @param model the model of an annotated class, or null
 * @param releases what to let go of when the connection is over or did not come about
 */
record ClientSide(
        Class<?> type,
        ClientEndpointConfig config,
        CoderCatalog coders,
        Supplier<Object> instance,
        @Nullable EndpointModel model,
        List<InstanceHandle<?>> releases) {

    /** Checks what the application wants to connect. */
    static ClientSide of(Wanted wanted, Hooks hooks) throws DeploymentException {
        ClientEndpointConfig config = wanted.config();
        if (config != null) {
            return programmatic(wanted.type().asSubclass(Endpoint.class), (Endpoint) wanted.instance(), config, hooks);
        }
        Class<?> type = wanted.type();
        // A proxy's class bears no annotations; metadata always comes from the class behind it.
        while (wanted.instance() != null && type.isSynthetic() && type.getSuperclass() != null) {
            type = type.getSuperclass();
        }
        try {
            return annotated(type, wanted.instance(), wanted.properties(), hooks);
        } catch (IllegalArgumentException | InstanceCreationException wrong) {
            throw new DeploymentException(type.getName() + ": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * What is wrong with an annotated class; nothing is made for the answer.
     *
     * @return a sentence for each problem
     */
    static List<String> problems(Class<?> type, Hooks hooks) {
        ClientEndpoint annotation = type.getAnnotation(ClientEndpoint.class);
        return annotation == null
                ? List.of(notAnnotated(type))
                : Read.of(type, annotation, true, hooks).problems();
    }

    private static String notAnnotated(Class<?> type) {
        return type.getName() + " has no @ClientEndpoint annotation, so it cannot be connected";
    }

    /** What is known of an annotated class before anything is made. */
    private record Read(CoderCatalog coders, EndpointModel model, List<String> problems) {
        static Read of(Class<?> type, ClientEndpoint annotation, boolean instantiated, Hooks hooks) {
            List<String> problems = new ArrayList<>();
            if (instantiated) {
                String obstacle = Modifier.isAbstract(type.getModifiers())
                        ? type.getName() + " is abstract: an endpoint must be a class that can be instantiated"
                        : hooks.instances().obstacle(type);
                if (obstacle != null) {
                    problems.add(obstacle);
                }
            }
            check(List.of(annotation.encoders()), hooks, problems);
            check(List.of(annotation.decoders()), hooks, problems);
            check(List.of(annotation.configurator()), hooks, problems);
            CoderCatalog coders = CoderCatalog.of(
                    List.of(annotation.encoders()),
                    List.of(annotation.decoders()),
                    hooks.coderProviders(),
                    hooks.coderContext(type),
                    problems);
            EndpointModel model =
                    EndpointModel.read(type, Set.of(), new CatalogShapes(coders), hooks.callbackGuard(), problems);
            return new Read(coders, model, problems);
        }
    }

    private static ClientSide annotated(
            Class<?> type, @Nullable Object instance, Map<String, Object> properties, Hooks hooks)
            throws DeploymentException {
        ClientEndpoint annotation = type.getAnnotation(ClientEndpoint.class);
        if (annotation == null) {
            throw new DeploymentException(notAnnotated(type));
        }
        Read read = Read.of(type, annotation, instance == null, hooks);
        refuse(read.problems());
        List<InstanceHandle<?>> releases = new ArrayList<>();
        ClientEndpointConfig.Builder builder = ClientEndpointConfig.Builder.create()
                .encoders(List.of(annotation.encoders()))
                .decoders(List.of(annotation.decoders()))
                .preferredSubprotocols(List.of(annotation.subprotocols()));
        if (annotation.configurator() != ClientEndpointConfig.Configurator.class) {
            InstanceHandle<? extends ClientEndpointConfig.Configurator> handle =
                    hooks.instances().obtain(annotation.configurator());
            releases.add(handle);
            builder.configurator(handle.instance());
        }
        Supplier<Object> source = instance == null ? () -> obtain(type, hooks, releases) : () -> instance;
        ClientEndpointConfig config = builder.build();
        config.getUserProperties().putAll(properties);
        return new ClientSide(type, config, read.coders(), source, read.model(), releases);
    }

    private static ClientSide programmatic(
            Class<? extends Endpoint> type, @Nullable Endpoint instance, ClientEndpointConfig config, Hooks hooks)
            throws DeploymentException {
        List<String> problems = new ArrayList<>();
        String obstacle = instance == null ? hooks.instances().obstacle(type) : null;
        if (obstacle != null) {
            problems.add(obstacle);
        }
        check(config.getEncoders(), hooks, problems);
        check(config.getDecoders(), hooks, problems);
        CoderCatalog coders = CoderCatalog.of(
                config.getEncoders(), config.getDecoders(), hooks.coderProviders(), hooks.coderContext(type), problems);
        refuse(problems);
        List<InstanceHandle<?>> releases = new ArrayList<>();
        Supplier<Object> source = instance == null ? () -> obtain(type, hooks, releases) : () -> instance;
        return new ClientSide(type, config, coders, source, null, releases);
    }

    private static Object obtain(Class<?> type, Hooks hooks, List<InstanceHandle<?>> releases) {
        InstanceHandle<?> handle = hooks.instances().obtain(type);
        releases.add(handle);
        return handle.instance();
    }

    /** What cannot be made is found before anything is sent. */
    private static void check(List<? extends Class<?>> types, Hooks hooks, List<String> problems) {
        for (Class<?> type : types) {
            String obstacle = hooks.instances().obstacle(type);
            if (obstacle != null) {
                problems.add(obstacle);
            }
        }
    }

    private static void refuse(List<String> problems) throws DeploymentException {
        if (!problems.isEmpty()) {
            throw new DeploymentException(String.join("; ", problems));
        }
    }

    EndpointCallbacks bind(Object endpoint) {
        return model == null
                ? EndpointCallbacks.programmatic((Endpoint) endpoint)
                : EndpointCallbacks.annotated(model, endpoint, Map.of());
    }

    void release() {
        releases.forEach(InstanceHandle::release);
        releases.clear();
    }
}
