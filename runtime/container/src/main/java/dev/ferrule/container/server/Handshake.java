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
import dev.ferrule.engine.handshake.HandshakeRefusal;
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
 * One opening handshake on the server, in the order of the specification: what RFC 6455 §4.2.1 asks of the request, origin,
 * subprotocol, extensions, copy of the user properties, {@code modifyHandshake}, instance and coders, answer (§3.1); behind the
 * origin the guard is asked. Whatever throws before the answer refuses with 500, and everything made until then is released.
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
    private final UpgradeRequest seen;
    private final ServerOpening opening;
    private final CurrentHandshake current;
    private @Nullable SessionCoders coders;

    Handshake(
            FerruleServerContainer container,
            DeployedEndpoint endpoint,
            UpgradeExchange exchange,
            Map<String, String> pathParameters) {
        this.container = container;
        this.services = container.services();
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.seen = new UpgradeRequest(exchange, pathParameters);
        this.opening = new ServerOpening(endpoint.config(), seen, pathParameters);
        Hooks hooks = services.hooks();
        this.current = new CurrentHandshake(
                hooks.instances(),
                origin -> endpoint.policy().origins().allows(origin, exchange.request(), exchange.secure()));
    }

    /** What comes next: a step, or, behind the last one, the outcome. */
    private interface Next {}

    /**
     * A part of the handshake. Each is an object, and all are called from one loop: so the JIT compiles each alone, and not
     * again with all that leads to it.
     */
    private interface Step extends Next {
        /** Does it, and says what comes next. */
        Next take() throws Exception;
    }

    /** What the handshake came to. */
    private sealed interface Outcome extends Next {}

    private record Accepted(Map<String, List<String>> headers, FerruleSession session) implements Outcome {}

    private record Refused(PlainResponse response) implements Outcome {}

    /** What the answer will say, unless an endpoint cannot be had. */
    private record Terms(
            String host,
            String subprotocol,
            Negotiation extensions,
            ConnectionConfig config,
            Map<String, List<String>> headers) {}

    @Override
    public void run() {
        try {
            Outcome outcome = outcome(examine());
            seen.settle();
            if (outcome instanceof Accepted accepted) {
                exchange.accept(accepted.headers(), accepted.session().listener());
            } else if (outcome instanceof Refused refused) {
                refuse(refused.response());
            }
        } finally {
            services.ended();
        }
    }

    /** A refusal may have headers of the application's, which may be none that can be written. */
    private void refuse(PlainResponse response) {
        try {
            exchange.refuse(response);
        } catch (IllegalArgumentException unwritable) {
            exchange.refuse(answer(unwritable));
        }
    }

    /** What can be told before any application code runs. */
    private Step examine() {
        return new Step() {
            @Override
            public Next take() throws HandshakeRefusal {
                ServerHandshake request = ServerHandshake.examine(exchange.request());
                if (!Paths.isAuthority(request.host())) {
                    throw new HandshakeRefusal(400, "The Host header is not a host and port (RFC 9110 §7.2)");
                }
                return decide(request);
            }
        };
    }

    /** All the rest, in the contexts of the new connection. */
    private Step decide(ServerHandshake request) {
        return new Step() {
            @Override
            public Next take() {
                ClassLoader loader = exchange.classLoader() == null ? container.classLoader() : exchange.classLoader();
                Thread thread = Thread.currentThread();
                ClassLoader before = thread.getContextClassLoader();
                thread.setContextClassLoader(loader);
                try {
                    return decide(request, services.hooks().scope().begin(opening), loader);
                } finally {
                    thread.setContextClassLoader(before);
                }
            }
        };
    }

    private Outcome decide(ServerHandshake request, CallbackScope.Connection scope, ClassLoader loader) {
        Outcome outcome;
        try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.HANDSHAKE);
                CurrentHandshake.Bound bound = current.bind()) {
            outcome = outcome(admit(request, scope, loader));
            if (outcome instanceof Refused) {
                release();
            }
        }
        if (outcome instanceof Refused) {
            scope.end();
        }
        return outcome;
    }

    private Outcome outcome(Step first) {
        try {
            Next next = first;
            while (next instanceof Step step) {
                next = step.take();
            }
            return (Outcome) next;
        } catch (Throwable failure) {
            return new Refused(answer(failure));
        }
    }

    private PlainResponse answer(Throwable failure) {
        if (failure instanceof HandshakeRefusal refusal) {
            PlainResponse text = PlainResponse.text(refusal.status(), String.valueOf(refusal.getMessage()));
            return text.with(refusal.headers());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HandshakeRefusedException refusal) {
                LOG.log(Level.DEBUG, "The opening handshake of " + endpoint + " was refused", failure);
                return PlainResponse.text(refusal.status(), String.valueOf(refusal.getMessage()));
            }
        }
        LOG.log(Level.WARNING, "The opening handshake of " + endpoint + " failed; the peer gets a 500", failure);
        return PlainResponse.text(500, "The opening handshake failed");
    }

    private Step admit(ServerHandshake request, CallbackScope.Connection scope, ClassLoader loader) {
        return new Step() {
            @Override
            public Next take() {
                ServerEndpointConfig.Configurator configurator =
                        endpoint.config().getConfigurator();
                List<String> origins = exchange.request().headers().getOrDefault("Origin", List.of());
                if (origins.size() > 1) {
                    return new Refused(PlainResponse.text(403, "A request has one origin at most")); // RFC 6454 §7.3
                }
                if (!configurator.checkOrigin(origins.isEmpty() ? null : origins.get(0))) {
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
                return negotiate(request, configurator, scope, loader);
            }
        };
    }

    private Step negotiate(
            ServerHandshake request,
            ServerEndpointConfig.Configurator configurator,
            CallbackScope.Connection scope,
            ClassLoader loader) {
        return new Step() {
            @Override
            public Next take() {
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
                return instantiate(new Terms(request.host(), subprotocol, extensions, config, headers), scope, loader);
            }
        };
    }

    private Step instantiate(Terms terms, CallbackScope.Connection scope, ClassLoader loader) {
        return new Step() {
            @Override
            public Next take() throws Exception {
                Object instance = terms.config().getConfigurator().getEndpointInstance(opening.endpointClass());
                if (instance == null) {
                    throw new IllegalStateException(
                            "The configurator of " + endpoint + " returned null from getEndpointInstance");
                }
                return accept(terms, endpoint.bind(instance, opening.pathParameters()), scope, loader);
            }
        };
    }

    private Step accept(Terms terms, EndpointCallbacks callbacks, CallbackScope.Connection scope, ClassLoader loader) {
        return new Step() {
            @Override
            public Next take() {
                SessionCoders made =
                        SessionCoders.create(endpoint.coders(), services.hooks().instances(), terms.config());
                coders = made;
                SessionFacts facts = new SessionFacts(
                        terms.host(),
                        Paths.forUri(exchange.request().target()),
                        seen.queryParameters(),
                        opening.pathParameters(),
                        seen.getUserPrincipal(),
                        exchange.secure(),
                        terms.subprotocol(),
                        Extensions.toApi(terms.extensions().agreed()));
                SessionEndpoint side =
                        new SessionEndpoint(endpoint.logical(), callbacks, made, scope, loader, current.release());
                FerruleSession session = new FerruleSession(
                        services,
                        container,
                        Role.SERVER,
                        facts,
                        side,
                        terms.config(),
                        terms.extensions().transforms());
                return new Accepted(terms.headers(), session);
            }
        };
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
