package dev.ferrule.container.server;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.session.CatalogShapes;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.ContainerServices.Hooks;
import dev.ferrule.container.session.Extensions;
import dev.ferrule.container.session.FerruleSession;
import dev.ferrule.container.session.SessionEndpoint;
import dev.ferrule.container.session.SessionFacts;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.handshake.HeaderRules;
import dev.ferrule.engine.handshake.Headers;
import dev.ferrule.engine.handshake.ServerHandshake;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One opening handshake on the server, in the order of the specification: origin, subprotocol, extensions, copy of the user
 * properties, {@code modifyHandshake}, instance and coders, answer (§3.1). Whatever throws before the answer refuses with
 * 500, and everything made until then is released.
 *
 * <p>Threading: confined to one thread on which application code may block.
 */
final class Handshake {
    private static final Logger LOG = System.getLogger(Handshake.class.getName());
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    /** What a configurator cannot change; but it may take the extensions away. */
    private static final List<String> PROTOCOL_FIELDS =
            List.of("Upgrade", "Connection", "Sec-WebSocket-Accept", EXTENSIONS);

    private final FerruleServerContainer container;
    private final ContainerServices services;
    private final DeployedEndpoint endpoint;
    private final UpgradeExchange exchange;
    private final ServerHandshake request;
    private final Map<String, String> pathParameters;
    private final CurrentHandshake current;
    private @Nullable SessionCoders coders;

    Handshake(
            FerruleServerContainer container,
            DeployedEndpoint endpoint,
            UpgradeExchange exchange,
            ServerHandshake request,
            Map<String, String> pathParameters) {
        this.container = container;
        this.services = container.services();
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.request = request;
        this.pathParameters = pathParameters;
        Hooks hooks = services.hooks();
        this.current = new CurrentHandshake(
                hooks.instances(),
                origin -> endpoint.policy()
                        .origins()
                        .allows(origin, exchange.request().header("Host"), exchange.secure()));
    }

    /** What the handshake came to. */
    private record Accepted(Map<String, List<String>> headers, FerruleSession session) {}

    void run() {
        ClassLoader loader = exchange.classLoader() == null ? container.classLoader() : exchange.classLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        Accepted accepted = null;
        PlainResponse refused = null;
        CallbackScope.Connection scope = services.hooks().scope().begin();
        try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.HANDSHAKE);
                CurrentHandshake.Bound bound = current.bind()) {
            ServerEndpointConfig.Configurator configurator = endpoint.config().getConfigurator();
            if (configurator.checkOrigin(exchange.request().header("Origin"))) {
                accepted = accept(configurator, scope, loader);
            } else {
                refused = PlainResponse.text(403, "This origin may not connect here");
            }
        } catch (Throwable failure) {
            LOG.log(Level.WARNING, "The opening handshake of " + endpoint + " failed; the peer gets a 500", failure);
            refused = PlainResponse.text(500, "The opening handshake failed");
        } finally {
            thread.setContextClassLoader(before);
        }
        if (accepted != null) {
            exchange.accept(accepted.headers(), accepted.session().listener());
        } else if (refused != null) {
            release();
            scope.end();
            exchange.refuse(refused);
        }
    }

    private Accepted accept(
            ServerEndpointConfig.Configurator configurator, CallbackScope.Connection scope, ClassLoader loader)
            throws Exception {
        ServerEndpointConfig shared = endpoint.config();
        String chosen = configurator.getNegotiatedSubprotocol(shared.getSubprotocols(), request.subprotocols());
        String subprotocol = chosen == null ? "" : chosen;
        Negotiation extensions =
                new Negotiation(shared, configurator, endpoint.policy().installed(), request.extensions());
        ConnectionConfig config = new ConnectionConfig(endpoint, configurator);
        UpgradeRequest seen = new UpgradeRequest(exchange, pathParameters);
        Map<String, List<String>> headers =
                request.responseHeaders(subprotocol.isEmpty() ? null : subprotocol, extensions.agreed());
        Map<String, List<String>> settled = Headers.copyOf(headers);
        configurator.modifyHandshake(config, seen, (HandshakeResponse) () -> headers);
        if (!headers.containsKey(EXTENSIONS)) {
            extensions.forget();
        }
        restore(settled, headers);
        HeaderRules.requireValid(headers);
        Object instance = configurator.getEndpointInstance(shared.getEndpointClass());
        if (instance == null) {
            throw new IllegalStateException(
                    "The configurator of " + endpoint + " returned null from getEndpointInstance");
        }
        EndpointCallbacks callbacks = endpoint.bind(instance, pathParameters);
        SessionCoders made =
                SessionCoders.create(endpoint.coders(), services.hooks().instances(), config);
        coders = made;
        SessionFacts facts = new SessionFacts(
                seen.getRequestURI(),
                seen.queryParameters(),
                Collections.unmodifiableMap(pathParameters),
                exchange.principal(),
                exchange.secure(),
                subprotocol,
                Extensions.toApi(extensions.agreed()),
                config.getUserProperties());
        SessionEndpoint side = new SessionEndpoint(
                endpoint,
                endpoint.toString(),
                endpoint.policy().settings(),
                callbacks,
                config,
                made,
                new CatalogShapes(endpoint.coders()),
                scope,
                loader,
                current::release);
        return new Accepted(
                headers, new FerruleSession(services, container, Role.SERVER, facts, side, extensions.transforms()));
    }

    /**
     * Puts back the fields that only the protocol can settle, as they were before a configurator saw them: one that copies
     * the request's headers means the others.
     */
    private static void restore(Map<String, List<String>> settled, Map<String, List<String>> headers) {
        for (String name : PROTOCOL_FIELDS) {
            List<String> values = settled.get(name);
            if (values == null) {
                headers.remove(name);
            } else if (!name.equals(EXTENSIONS) || headers.containsKey(name)) {
                headers.put(name, values);
            }
        }
    }

    private void release() {
        if (coders != null) {
            coders.destroy(SessionCoders::log);
        }
        current.release();
    }
}
