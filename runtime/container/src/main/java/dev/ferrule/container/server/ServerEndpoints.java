package dev.ferrule.container.server;

import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.endpoint.EndpointModel;
import dev.ferrule.container.path.PathTable;
import dev.ferrule.container.path.UriTemplate;
import dev.ferrule.container.server.DeployedEndpoint.Policy;
import dev.ferrule.container.session.CatalogShapes;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.ContainerServices.Hooks;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.DeploymentGuard;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceCreationException;
import dev.ferrule.container.spi.InstanceHandle;
import dev.ferrule.engine.extension.FrameExtension;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints in service, by path. Deployment checks every rule and reports all problems at once (WSC-5.2.1-1); a failed
 * deployment before the start takes everything out of service (WSC-5.2.1-3).
 *
 * <p>Threading: any thread deploys, under one lock; requests look up without a lock.
 */
final class ServerEndpoints {
    private final Hooks hooks;
    private final Settings settings;
    private final Function<Settings, List<FrameExtension>> extensions;
    private final DeploymentGuard guard;
    private final List<DeployedEndpoint> deployed = new ArrayList<>();
    private final List<InstanceHandle<?>> configurators = new ArrayList<>();
    private volatile PathTable<DeployedEndpoint> table = new PathTable<>();
    private boolean started;
    private @Nullable DeploymentException halted;

    ServerEndpoints(
            ContainerServices services, Function<Settings, List<FrameExtension>> extensions, DeploymentGuard guard) {
        this.hooks = services.hooks();
        this.settings = services.settings();
        this.extensions = extensions;
        this.guard = guard;
    }

    /** The application has begun: from now on a deployment that fails harms only itself. */
    synchronized void started() throws DeploymentException {
        if (halted != null) {
            throw halted;
        }
        started = true;
    }

    /** All endpoints of the application are there, and so nothing should be set for others. */
    synchronized void checkSettings() throws DeploymentException {
        List<String> names = new ArrayList<>();
        for (DeployedEndpoint endpoint : deployed) {
            names.add(endpoint.path().toString());
            names.add(endpoint.config().getEndpointClass().getName());
        }
        Set<String> strangers = settings.keysForNoneOf(names);
        if (!strangers.isEmpty()) {
            throw new DeploymentException("There are settings for endpoints that do not exist: "
                    + String.join(", ", strangers) + "; the endpoints are " + String.join(", ", describe()));
        }
    }

    PathTable.@Nullable Match<DeployedEndpoint> find(String path) {
        return table.find(path);
    }

    /**
     * Deploys endpoints: all of them or none.
     *
     * @param known what else is wrong with the application
     * @throws DeploymentException when a rule is broken; the message lists every problem
     */
    synchronized void deploy(
            Collection<Class<?>> annotated, Collection<ServerEndpointConfig> configs, Collection<String> known)
            throws DeploymentException {
        if (halted != null) {
            throw new DeploymentException(
                    "An earlier deployment of this application failed, so nothing more is deployed: "
                            + halted.getMessage());
        }
        List<String> problems = new ArrayList<>(known);
        List<DeployedEndpoint> added = new ArrayList<>();
        int configuratorsBefore = configurators.size();
        for (Class<?> type : new LinkedHashSet<>(annotated)) {
            if (deployed.stream().noneMatch(earlier -> isSame(earlier, type))) {
                ServerEndpoint annotation = guard.declaration(type);
                String path = annotation == null ? "no path" : annotation.value();
                Reading reading = found -> {
                    guard.check(type, found);
                    return annotated(type, annotation, found);
                };
                add(reading, type, path, added, problems);
            }
        }
        for (ServerEndpointConfig config : configs) {
            Reading reading = found -> {
                guard.check(config, found);
                return programmatic(config, found);
            };
            add(reading, config.getEndpointClass(), config.getPath(), added, problems);
        }
        PathTable<DeployedEndpoint> next = tableWith(added, problems);
        if (!problems.isEmpty()) {
            List<InstanceHandle<?>> unused = configurators.subList(configuratorsBefore, configurators.size());
            unused.forEach(InstanceHandle::release);
            unused.clear();
            throw refuse(problems);
        }
        deployed.addAll(added);
        table = next;
    }

    private interface Reading {
        /**
         * Makes an endpoint of what the application wrote, or none when there are problems.
         *
         * @param problems of this endpoint: there are none yet
         */
        @Nullable
        DeployedEndpoint read(List<String> problems);
    }

    private static void add(
            Reading reading, Class<?> type, String path, List<DeployedEndpoint> added, List<String> problems) {
        List<String> found = new ArrayList<>();
        try {
            DeployedEndpoint endpoint = reading.read(found);
            if (endpoint != null) {
                added.add(endpoint);
            }
        } catch (IllegalArgumentException | InstanceCreationException problem) {
            found.add(type.getName() + ": " + problem.getMessage());
        }
        new LinkedHashSet<>(found).forEach(problem -> problems.add(problem + " (endpoint at " + path + ")"));
    }

    private static boolean isSame(DeployedEndpoint known, Class<?> type) {
        return known.isAnnotated() && known.config().getEndpointClass() == type;
    }

    private DeploymentException refuse(List<String> problems) {
        DeploymentException failure = new DeploymentException(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " problems:\n  - " + String.join("\n  - ", problems));
        if (!started) {
            halted = failure;
            deployed.clear();
            table = new PathTable<>();
        }
        return failure;
    }

    private PathTable<DeployedEndpoint> tableWith(List<DeployedEndpoint> added, List<String> problems) {
        PathTable<DeployedEndpoint> next = new PathTable<>();
        List<DeployedEndpoint> all = new ArrayList<>(deployed);
        all.addAll(added);
        for (DeployedEndpoint endpoint : all) {
            UriTemplate taken = next.add(endpoint.path(), endpoint);
            if (taken != null) {
                DeployedEndpoint other = all.stream()
                        .filter(candidate -> candidate.path() == taken)
                        .findFirst()
                        .orElseThrow();
                problems.add("The paths of " + other + " and of " + endpoint + " stand for the same requests");
            }
        }
        return next;
    }

    private @Nullable DeployedEndpoint annotated(
            Class<?> type, @Nullable ServerEndpoint annotation, List<String> problems) {
        if (annotation == null) {
            throw new IllegalArgumentException("it has no @ServerEndpoint annotation of its own");
        }
        UriTemplate path = UriTemplate.parse(settings.expand(annotation.value()));
        Policy policy = policy(path, type);
        checkClass(type, annotation.configurator(), problems);
        List<Class<? extends Encoder>> encoders = List.of(annotation.encoders());
        List<Class<? extends Decoder>> decoders = List.of(annotation.decoders());
        CoderCatalog coders = coders(type, encoders, decoders, problems);
        EndpointModel model =
                EndpointModel.read(type, path.variables(), new CatalogShapes(coders), hooks.callbackGuard(), problems);
        if (!problems.isEmpty()) {
            return null;
        }
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(type, path.toString())
                .encoders(encoders)
                .decoders(decoders)
                .subprotocols(List.of(annotation.subprotocols()))
                .configurator(configurator(annotation.configurator()))
                .build();
        return new DeployedEndpoint(true, config, path, model, coders, policy);
    }

    private @Nullable DeployedEndpoint programmatic(ServerEndpointConfig config, List<String> problems) {
        Class<?> type = config.getEndpointClass();
        UriTemplate path = UriTemplate.parse(settings.expand(config.getPath()));
        Policy policy = policy(path, type);
        if (config.getConfigurator() == null) {
            problems.add("its configuration " + config.getClass().getName() + " returns null from getConfigurator");
            return null;
        }
        checkInstances(type, config.getConfigurator().getClass(), problems);
        CoderCatalog coders = coders(type, config.getEncoders(), config.getDecoders(), problems);
        EndpointModel model = null;
        if (!Endpoint.class.isAssignableFrom(type)) {
            model = EndpointModel.read(
                    type, path.variables(), new CatalogShapes(coders), hooks.callbackGuard(), problems);
        }
        return problems.isEmpty() ? new DeployedEndpoint(false, config, path, model, coders, policy) : null;
    }

    private Policy policy(UriTemplate path, Class<?> type) {
        Settings own = settings.ofEndpoint(path.toString(), type);
        return new Policy(own, extensions.apply(own), new OriginPolicy(own.get(Keys.ALLOWED_ORIGINS)));
    }

    private void checkClass(
            Class<?> type, Class<? extends ServerEndpointConfig.Configurator> configurator, List<String> problems) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            problems.add(type.getName() + " is abstract: an endpoint must be a class that can be instantiated");
            return;
        }
        checkInstances(type, configurator, problems);
    }

    private void checkInstances(
            Class<?> type, Class<? extends ServerEndpointConfig.Configurator> configurator, List<String> problems) {
        String obstacle = hooks.instances().obstacle(type);
        if (obstacle != null && !makesInstances(configurator)) {
            problems.add(obstacle);
        }
    }

    /** Whether a configurator class brings its own {@code getEndpointInstance}. */
    private static boolean makesInstances(Class<? extends ServerEndpointConfig.Configurator> type) {
        try {
            Class<?> declaring =
                    type.getMethod("getEndpointInstance", Class.class).getDeclaringClass();
            return declaring != ServerEndpointConfig.Configurator.class
                    && !PlatformConfigurator.class.isAssignableFrom(declaring);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("The API has lost a method", impossible);
        }
    }

    private CoderCatalog coders(
            Class<?> type,
            List<Class<? extends Encoder>> encoders,
            List<Class<? extends Decoder>> decoders,
            List<String> problems) {
        EndpointInstances instances = hooks.instances();
        List<Class<?>> all = new ArrayList<>(encoders);
        all.addAll(decoders);
        for (Class<?> coder : all) {
            String obstacle = instances.obstacle(coder);
            if (obstacle != null) {
                problems.add(type.getName() + ": " + obstacle);
            }
        }
        List<String> found = new ArrayList<>();
        CoderCatalog catalog =
                CoderCatalog.of(encoders, decoders, hooks.coderProviders(), hooks.coderContext(type), found);
        found.forEach(problem -> problems.add(type.getName() + ": " + problem));
        return catalog;
    }

    private ServerEndpointConfig.Configurator configurator(Class<? extends ServerEndpointConfig.Configurator> type) {
        if (type == ServerEndpointConfig.Configurator.class) {
            return new PlatformConfigurator();
        }
        InstanceHandle<? extends ServerEndpointConfig.Configurator> handle =
                hooks.instances().obtain(type);
        configurators.add(handle);
        return handle.instance();
    }

    /** The endpoints in service that are wanted: what their sessions have in common. */
    synchronized List<DeployedEndpoint> keys(BiPredicate<Class<?>, String> wanted) {
        return deployed.stream()
                .filter(endpoint -> wanted.test(
                        endpoint.config().getEndpointClass(), endpoint.path().toString()))
                .toList();
    }

    /** The classes and paths in service, for people. */
    synchronized Set<String> describe() {
        Set<String> names = new TreeSet<>();
        deployed.forEach(endpoint -> names.add(endpoint.toString()));
        return names;
    }

    /** Takes everything out of service and lets go of the configurators. */
    synchronized void close() {
        table = new PathTable<>();
        deployed.clear();
        configurators.forEach(InstanceHandle::release);
        configurators.clear();
    }
}
