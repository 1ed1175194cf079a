package dev.ferrule.container.client;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.session.CatalogShapes;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.Extensions;
import dev.ferrule.container.session.FerruleContainer;
import dev.ferrule.container.session.FerruleSession;
import dev.ferrule.container.session.SessionEndpoint;
import dev.ferrule.container.session.SessionFacts;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.ClientExchange;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.extension.ExtensionNegotiation;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.FrameTransform;
import dev.ferrule.engine.extension.PerMessageDeflate;
import dev.ferrule.engine.handshake.ClientHandshake;
import dev.ferrule.engine.handshake.HeaderRules;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Connects endpoints to servers (§3.2, RFC 6455 §4.1). Application code, such as a configurator, runs on the caller's thread;
 * {@code onOpen} has returned when {@code connectToServer} does.
 *
 * <p>Threading: any thread, concurrently; blocks the caller until the session is open or the attempt has failed.
 */
public final class ClientConnector implements FerruleContainer.Connector {
    /** What the transport may be late beyond its own timeout before we stop waiting for its answer. */
    private static final long GRACE_MILLIS = 2_000;

    private final ContainerServices services;
    private final List<FrameExtension> installed;
    private final TransportLease transports;

    /** Who lends a transport for the life of one connection. */
    public interface TransportLease {
        /** The transport; each call is answered by one of {@link #release}. */
        Transport acquire();

        /** The connection is over. */
        void release();

        /** A transport that lives as long as its container. */
        static TransportLease of(Transport transport) {
            return new TransportLease() {
                @Override
                public Transport acquire() {
                    return transport;
                }

                @Override
                public void release() {}
            };
        }
    }

    /** A connector that offers the installed extensions. */
    public ClientConnector(ContainerServices services, List<FrameExtension> installed, TransportLease transports) {
        this.services = services;
        this.installed = List.copyOf(installed);
        this.transports = transports;
    }

    @Override
    public Set<Extension> installedExtensions() {
        return Extensions.installed(installed);
    }

    @Override
    public Session connect(FerruleContainer container, Object endpoint, URI path)
            throws DeploymentException, IOException {
        Class<?> type = endpoint.getClass();
        // A proxy's class bears no annotations; metadata always comes from the class behind it.
        while (type.isSynthetic() && type.getSuperclass() != null) {
            type = type.getSuperclass();
        }
        return connect(container, ClientSide.annotated(type, endpoint, services.hooks()), path);
    }

    @Override
    public Session connect(FerruleContainer container, Class<?> endpointClass, URI path)
            throws DeploymentException, IOException {
        return connect(container, ClientSide.annotated(endpointClass, null, services.hooks()), path);
    }

    @Override
    public Session connect(FerruleContainer container, Endpoint endpoint, ClientEndpointConfig config, URI path)
            throws DeploymentException, IOException {
        return connect(
                container, ClientSide.programmatic(endpoint.getClass(), endpoint, config, services.hooks()), path);
    }

    @Override
    public Session connect(
            FerruleContainer container, Class<? extends Endpoint> endpointClass, ClientEndpointConfig config, URI path)
            throws DeploymentException, IOException {
        return connect(container, ClientSide.programmatic(endpointClass, null, config, services.hooks()), path);
    }

    private Session connect(FerruleContainer container, ClientSide side, URI path)
            throws DeploymentException, IOException {
        boolean connected = false;
        CallbackScope.Connection scope = services.hooks().scope().begin();
        Transport transport = transports.acquire();
        try {
            Session session = new Attempt(container, side, Target.of(path), scope).run(transport);
            connected = true;
            return session;
        } finally {
            if (!connected) {
                side.release();
                scope.end();
                transports.release();
            }
        }
    }

    /** One attempt to connect; confined to the caller's thread. */
    private final class Attempt {
        private final FerruleContainer container;
        private final ClientSide side;
        private final Target target;
        private final CallbackScope.Connection scope;
        private final Settings settings = services.settings();

        Attempt(FerruleContainer container, ClientSide side, Target target, CallbackScope.Connection scope) {
            this.container = container;
            this.side = side;
            this.target = target;
            this.scope = scope;
        }

        Session run(Transport transport) throws DeploymentException, IOException {
            ClientEndpointConfig config = side.config();
            List<ExtensionOffer> offers = offers(config);
            ClientHandshake handshake = new ClientHandshake(
                    target.hostHeader(), target.resource(), config.getPreferredSubprotocols(), offers);
            Map<String, List<String>> headers = handshake.requestHeaders();
            try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.HANDSHAKE)) {
                config.getConfigurator().beforeRequest(headers);
            }
            HeaderRules.requireValid(headers);
            ClientExchange exchange;
            try {
                exchange = exchange(transport, new RequestHead("GET", target.resource(), headers));
            } catch (IOException | DeploymentException failure) {
                tell(Map.of());
                throw failure;
            }
            tell(exchange.response().headers());
            try {
                return open(exchange, handshake.check(exchange.response()));
            } catch (HandshakeFailure failure) {
                exchange.discard();
                throw new DeploymentException(describe(exchange.response(), failure), failure);
            } catch (RuntimeException | Error | DeploymentException failure) {
                exchange.discard();
                throw failure;
            }
        }

        private String describe(ResponseHead response, HandshakeFailure failure) {
            return "The opening handshake with " + target.uri() + " failed: " + failure.getMessage() + " (status "
                    + response.status() + ", headers " + response.headers() + ")";
        }

        /** What the configuration lists, in its order (WSC-3.2.2-1), and what the settings add. */
        private List<ExtensionOffer> offers(ClientEndpointConfig config) {
            List<ExtensionOffer> offers = new ArrayList<>();
            for (Extension extension : config.getExtensions()) {
                FrameExtension known = installed(extension.getName());
                if (known == null || !extension.getParameters().isEmpty()) {
                    offers.add(Extensions.toOffer(extension));
                } else {
                    offers.addAll(known.offers());
                }
            }
            FrameExtension compression = installed(PerMessageDeflate.NAME);
            if (compression != null
                    && settings.get(Keys.COMPRESSION_OFFER)
                    && offers.stream().noneMatch(offer -> offer.name().equals(compression.name()))) {
                offers.addAll(compression.offers());
            }
            return offers;
        }

        private @Nullable FrameExtension installed(String name) {
            return installed.stream()
                    .filter(extension -> extension.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        /** {@code afterResponse} comes after every handshake, a failed one too; without a response there are no headers. */
        private void tell(Map<String, List<String>> headers) {
            try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.HANDSHAKE)) {
                side.config().getConfigurator().afterResponse((HandshakeResponse) () -> headers);
            }
        }

        private ClientExchange exchange(Transport transport, RequestHead head) throws DeploymentException, IOException {
            CompletableFuture<ClientExchange> answer = new CompletableFuture<>();
            ConnectRequest request = new ConnectRequest(
                    target.host(),
                    target.port(),
                    target.secure() ? tls() : null,
                    head,
                    settings.get(Keys.MAX_HANDSHAKE_BYTES),
                    settings.get(Keys.MAX_HEADERS),
                    settings.get(Keys.HANDSHAKE_TIMEOUT));
            transport.connect(request, new ConnectHandler() {
                @Override
                public void onResponse(ClientExchange exchange) {
                    if (!answer.complete(exchange)) {
                        exchange.discard();
                    }
                }

                @Override
                public void onFailure(IOException cause) {
                    answer.completeExceptionally(cause);
                }
            });
            try {
                return answer.get(request.timeout().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException failure) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                throw new DeploymentException("Cannot connect to " + target.uri() + ": " + cause.getMessage(), cause);
            } catch (TimeoutException late) {
                answer.cancel(false);
                throw new DeploymentException(
                        "Cannot connect to " + target.uri() + ": no answer within "
                                + request.timeout().toMillis() + " ms (ferrule.timeouts.handshake)",
                        late);
            } catch (InterruptedException interrupted) {
                answer.cancel(false);
                Thread.currentThread().interrupt();
                throw new DeploymentException("Interrupted while connecting to " + target.uri(), interrupted);
            }
        }

        private SSLContext tls() throws DeploymentException {
            SSLContext own = side.config().getSSLContext();
            try {
                return own == null ? SSLContext.getDefault() : own;
            } catch (NoSuchAlgorithmException broken) {
                throw new DeploymentException(
                        "The JVM's default TLS context cannot be made: " + broken.getMessage(), broken);
            }
        }

        private Session open(ClientExchange exchange, ClientHandshake.Result result)
                throws DeploymentException, HandshakeFailure {
            List<FrameTransform> transforms = transforms(result.extensions());
            Object instance = side.instance().get();
            SessionCoders coders =
                    SessionCoders.create(side.coders(), services.hooks().instances(), side.config());
            SessionFacts facts = new SessionFacts(
                    target.uri(),
                    Map.of(),
                    Map.of(),
                    null,
                    target.secure(),
                    result.subprotocol() == null ? "" : result.subprotocol(),
                    Extensions.toApi(result.extensions()),
                    new HashMap<>(side.config().getUserProperties()));
            SessionEndpoint endpoint = new SessionEndpoint(
                    new Key(container, side.type()),
                    side.type().getName() + " to " + target.uri(),
                    side.bind(instance),
                    side.config(),
                    coders,
                    new CatalogShapes(side.coders()),
                    scope,
                    loader(),
                    this::ended);
            FerruleSession session = new FerruleSession(services, container, Role.CLIENT, facts, endpoint, transforms);
            exchange.accept(session.listener());
            session.awaitOpened();
            return session;
        }

        private ClassLoader loader() {
            ClassLoader current = Thread.currentThread().getContextClassLoader();
            return current == null ? side.type().getClassLoader() : current;
        }

        private void ended() {
            side.release();
            transports.release();
        }

        /** The state of the installed extensions among the answers; what only the application knows has none. */
        private List<FrameTransform> transforms(List<ExtensionOffer> answers) throws HandshakeFailure {
            List<ExtensionOffer> known = answers.stream()
                    .filter(answer -> installed.stream()
                            .anyMatch(extension -> extension.name().equals(answer.name())))
                    .toList();
            return ExtensionNegotiation.confirm(installed, known).stream()
                    .map(agreement -> agreement.transforms().get())
                    .toList();
        }
    }

    /** The logical endpoint of a client: a class in a container. */
    private record Key(FerruleContainer container, Class<?> type) {}
}
