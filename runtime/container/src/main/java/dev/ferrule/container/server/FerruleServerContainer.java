package dev.ferrule.container.server;

import dev.ferrule.container.path.PathTable;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.FerruleContainer;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.DeploymentGuard;
import dev.ferrule.container.spi.HttpFallback;
import dev.ferrule.container.spi.PlainExchange;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.handshake.RequestHead;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The server's container: endpoints by path, and the answers to requests that a transport hands over.
 *
 * <p>Threading: any thread deploys, before the start and later; requests come on the transport's threads, and application
 * code runs on callback threads.
 */
public final class FerruleServerContainer extends FerruleContainer implements ServerContainer, ServerHandler {
    private static final Logger LOG = System.getLogger(FerruleServerContainer.class.getName());

    private final ServerEndpoints endpoints;
    private final DeploymentGuard guard;
    private final List<HttpFallback> fallbacks;
    private final String contextPath;
    private final ClassLoader classLoader;
    private volatile boolean stopping;

    /**
     * A container without endpoints.
     *
     * @param extensions the extensions that may be negotiated where some settings hold
     * @param guard what else is checked before endpoints are deployed
     * @param fallbacks who answers plain HTTP requests that are for no endpoint
     * @param contextPath the path below which endpoints live, without a trailing slash: empty for the root; where the
     *     transport has a context path of its own, it is below that one
     * @param classLoader the application's class loader, set around its code
     */
    public FerruleServerContainer(
            ContainerServices services,
            Connector connector,
            Function<Settings, List<FrameExtension>> extensions,
            DeploymentGuard guard,
            List<HttpFallback> fallbacks,
            String contextPath,
            ClassLoader classLoader) {
        super(services, connector);
        this.endpoints = new ServerEndpoints(services, extensions, guard);
        this.guard = guard;
        this.fallbacks = List.copyOf(fallbacks);
        this.contextPath = contextPath;
        this.classLoader = classLoader;
    }

    ClassLoader classLoader() {
        return classLoader;
    }

    @Override
    public void addEndpoint(Class<?> endpointClass) throws DeploymentException {
        endpoints.deploy(List.of(endpointClass), List.of(), List.of());
        guard.added();
    }

    @Override
    public void addEndpoint(ServerEndpointConfig serverConfig) throws DeploymentException {
        endpoints.deploy(List.of(), List.of(serverConfig), List.of());
        guard.added();
    }

    /**
     * Deploys endpoints: all of them or none.
     *
     * @param known what else is wrong with the application, to be reported together with the problems of the endpoints
     * @throws DeploymentException when a rule is broken; the message lists every problem of every endpoint
     */
    public void deploy(
            Collection<Class<?>> annotated, Collection<ServerEndpointConfig> configs, Collection<String> known)
            throws DeploymentException {
        endpoints.deploy(annotated, configs, known);
    }

    /**
     * A copy of the open sessions of those endpoints that are wanted.
     *
     * @param wanted judges by the class and the path of an endpoint
     */
    public Set<Session> openSessions(BiPredicate<Class<?>, String> wanted) {
        Set<Session> sessions = new HashSet<>();
        endpoints.keys(wanted).forEach(key -> sessions.addAll(services().openSessions(key)));
        return sessions;
    }

    /** The endpoints in service, for people: class and path. */
    public Set<String> describeEndpoints() {
        return endpoints.describe();
    }

    /**
     * The application has begun: from now on a deployment that fails harms only itself.
     *
     * @throws DeploymentException when a deployment failed before, even if its exception was swallowed (WSC-5.2.1-3)
     */
    public void started() throws DeploymentException {
        endpoints.started();
    }

    /**
     * The endpoints with which the application has begun are all there.
     *
     * @throws DeploymentException when there are settings for endpoints that have not been deployed
     */
    public void checkSettings() throws DeploymentException {
        endpoints.checkSettings();
    }

    /**
     * Only a servlet container can upgrade a request of its own.
     *
     * @throws UnsupportedOperationException always, as the API demands where there are no servlets
     */
    @Override
    public void upgradeHttpToWebSocket(
            Object httpServletRequest,
            Object httpServletResponse,
            ServerEndpointConfig sec,
            Map<String, String> pathParameters) {
        throw new UnsupportedOperationException(
                "There are no servlet requests here to upgrade: this server's container is not a servlet container's");
    }

    @Override
    public void onUpgrade(UpgradeExchange exchange) {
        PathTable.Match<DeployedEndpoint> match = find(exchange.request().path(), exchange.contextPath());
        if (match == null) {
            exchange.refuse(PlainResponse.text(404, "There is no WebSocket endpoint at this path"));
            return;
        }
        Handshake handshake = new Handshake(this, match.value(), exchange, match.parameters());
        // Counted before the look at the flag: a stop either is seen there, or waits for this handshake.
        services().expected();
        if (stopping) {
            giveUp(exchange);
        } else if (exchange.mayBlock()) {
            handshake.run();
        } else {
            try {
                services().callbacks().execute(handshake);
            } catch (RejectedExecutionException stopped) {
                giveUp(exchange);
            }
        }
    }

    private void giveUp(UpgradeExchange exchange) {
        services().ended();
        exchange.refuse(PlainResponse.text(503, "The server is stopping"));
    }

    @Override
    public void onRequest(PlainExchange exchange) {
        if (exchange.request().method().equals("GET") && find(exchange.request().path(), "") != null) {
            PlainResponse text = PlainResponse.text(426, "This is a WebSocket endpoint: connect with ws:// or wss://");
            Map<String, List<String>> wanted = Map.of(
                    "Upgrade", List.of("websocket"),
                    "Connection", List.of("Upgrade"),
                    "Sec-WebSocket-Version", List.of("13"));
            exchange.respond(text.with(wanted));
            return;
        }
        try {
            services().callbacks().execute(() -> answer(exchange));
        } catch (RejectedExecutionException stopped) {
            exchange.respond(PlainResponse.text(503, "The server is stopping"));
        }
    }

    /** Fallbacks may fail, and answer with headers that cannot be written. */
    private void answer(PlainExchange exchange) {
        try {
            exchange.respond(answerTo(exchange.request()));
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.WARNING, "A plain HTTP request could not be answered", failure);
            exchange.respond(PlainResponse.text(500, "The request failed"));
        }
    }

    private PlainResponse answerTo(RequestHead request) {
        for (HttpFallback fallback : fallbacks) {
            PlainResponse response = fallback.answer(request);
            if (response != null) {
                return response;
            }
        }
        return PlainResponse.text(404, "There is nothing at this path");
    }

    private PathTable.@Nullable Match<DeployedEndpoint> find(String path, String outerContextPath) {
        String context = outerContextPath.isEmpty() ? contextPath : outerContextPath + contextPath;
        if (context.isEmpty()) {
            return endpoints.find(path);
        }
        return path.startsWith(context) ? endpoints.find(path.substring(context.length())) : null;
    }

    /**
     * Refuses new handshakes with 503, closes every session with 1001 and waits for their ends.
     *
     * @param graceMillis how long peers may take; then they are cut
     */
    public void stop(long graceMillis) {
        stopping = true;
        ongoing().close(0);
        services()
                .closeSessions(
                        new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "The server is stopping"), graceMillis);
        endpoints.close();
    }
}
