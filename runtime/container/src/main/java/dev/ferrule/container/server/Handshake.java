package dev.ferrule.container.server;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.path.Paths;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.ContainerServices.Hooks;
import dev.ferrule.container.session.Extensions;
import dev.ferrule.container.session.FerruleSession;
import dev.ferrule.container.session.SessionEndpoint;
import dev.ferrule.container.session.SessionFacts;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.HandshakeGuard;
import dev.ferrule.container.spi.HandshakeRefusedException;
import dev.ferrule.container.spi.HandshakeVerdict;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One opening handshake on the server, in the order of the specification: origin, subprotocol, extensions, copy of the user
 * properties, {@code modifyHandshake}, instance and coders, answer (§3.1); behind the origin the guard is asked. Whatever throws
 * before the answer refuses with 500, and everything made until then is released.
 *
 * <p>Threading: runs once, on a thread on which application code may block; the services have counted it as expected.
 */
final class Handshake implements Runnable {
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
    private final UpgradeRequest seen;
    private final ServerOpening opening;
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
        this.seen = new UpgradeRequest(exchange, pathParameters);
        this.opening = new ServerOpening(endpoint.config(), seen, pathParameters);
        Hooks hooks = services.hooks();
        this.current = new CurrentHandshake(
                hooks.instances(),
                origin -> endpoint.policy().origins().allows(origin, exchange.request(), exchange.secure()));
    }

    /** What the handshake came to. */
    private sealed interface Outcome {}

    private record Accepted(Map<String, List<String>> headers, FerruleSession session) implements Outcome {}

    private record Refused(PlainResponse response) implements Outcome {}

    @Override
    public void run() {
        try {
            conclude();
        } finally {
            services.ended();
        }
    }

    private void conclude() {
        ClassLoader loader = exchange.classLoader() == null ? container.classLoader() : exchange.classLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        Outcome outcome;
        try {
            outcome = decide(loader);
        } finally {
            thread.setContextClassLoader(before);
        }
        seen.settle();
        if (outcome instanceof Accepted accepted) {
            exchange.accept(accepted.headers(), accepted.session().listener());
            if (services.hooks().scope()
                    != CallbackScope.NONE) { // which keeps the request as long as the connection lives
                seen.shrink();
            }
        } else if (outcome instanceof Refused refused) {
            exchange.refuse(refused.response());
        }
    }

    private Outcome decide(ClassLoader loader) {
        CallbackScope.Connection scope = services.hooks().scope().begin(opening);
        Outcome outcome;
        try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.HANDSHAKE);
                CurrentHandshake.Bound bound = current.bind()) {
            outcome = judge(scope, loader);
            if (outcome instanceof Refused) {
                release();
            }
        }
        if (outcome instanceof Refused) {
            scope.end();
        }
        return outcome;
    }

    private Outcome judge(CallbackScope.Connection scope, ClassLoader loader) {
        try {
            ServerEndpointConfig.Configurator configurator = endpoint.config().getConfigurator();
            if (!configurator.checkOrigin(exchange.request().header("Origin"))) {
                return new Refused(PlainResponse.text(403, "This origin may not connect here"));
            }
            for (HandshakeGuard guard : services.hooks().guards()) {
                HandshakeVerdict verdict = guard.judge(opening);
                if (verdict instanceof HandshakeVerdict.Refused refused) {
                    return new Refused(refused.response());
                }
                if (verdict instanceof HandshakeVerdict.Admitted admitted && admitted.caller() != null) {
                    seen.identify(admitted.caller());
                }
            }
            return accept(configurator, scope, loader);
        } catch (Throwable failure) {
            return new Refused(answer(failure));
        }
    }

    private PlainResponse answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HandshakeRefusedException refusal) {
                LOG.log(Level.DEBUG, "The opening handshake of " + endpoint + " was refused", failure);
                return PlainResponse.text(refusal.status(), String.valueOf(refusal.getMessage()));
            }
        }
        LOG.log(Level.WARNING, "The opening handshake of " + endpoint + " failed; the peer gets a 500", failure);
        return PlainResponse.text(500, "The opening handshake failed");
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
        opening.configure(config);
        Map<String, List<String>> headers =
                request.responseHeaders(subprotocol.isEmpty() ? null : subprotocol, extensions.agreed());
        if (configurator.getClass() != PlatformConfigurator.class) { // which changes nothing
            headers = modify(headers, configurator, config, extensions);
        }
        Object instance = configurator.getEndpointInstance(shared.getEndpointClass());
        if (instance == null) {
            throw new IllegalStateException(
                    "The configurator of " + endpoint + " returned null from getEndpointInstance");
        }
        EndpointCallbacks callbacks = endpoint.bind(instance, opening.pathParameters());
        SessionCoders made =
                SessionCoders.create(endpoint.coders(), services.hooks().instances(), config);
        coders = made;
        SessionFacts facts = new SessionFacts(
                request.host(),
                Paths.forUri(exchange.request().target()),
                seen.queryParameters(),
                opening.pathParameters(),
                seen.getUserPrincipal(),
                exchange.secure(),
                subprotocol,
                Extensions.toApi(extensions.agreed()));
        SessionEndpoint side =
                new SessionEndpoint(endpoint.logical(), callbacks, made, scope, loader, current.release());
        return new Accepted(
                headers,
                new FerruleSession(services, container, Role.SERVER, facts, side, config, extensions.transforms()));
    }

    private Map<String, List<String>> modify(
            Map<String, List<String>> settled,
            ServerEndpointConfig.Configurator configurator,
            ConnectionConfig config,
            Negotiation extensions) {
        Map<String, List<String>> headers = Headers.modifiableCopyOf(settled);
        configurator.modifyHandshake(config, seen, (HandshakeResponse) () -> headers);
        if (!headers.containsKey(EXTENSIONS)) {
            extensions.forget();
        }
        restore(settled, headers);
        HeaderRules.requireValid(headers);
        return headers;
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
        current.release().run();
    }
}
