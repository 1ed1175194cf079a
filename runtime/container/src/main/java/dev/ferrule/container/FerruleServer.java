package dev.ferrule.container;

import dev.ferrule.container.client.ClientConnector;
import dev.ferrule.container.connect.AsyncContainer;
import dev.ferrule.container.server.FerruleServerContainer;
import dev.ferrule.container.session.Broadcasting;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.container.spi.DeploymentGuard;
import dev.ferrule.container.spi.HandshakeGuard;
import dev.ferrule.container.spi.HttpFallback;
import dev.ferrule.container.spi.ServerBinding;
import dev.ferrule.container.spi.Transport;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server: a container for endpoints, and an address at which it accepts connections.
 *
 * <pre>{@code
 * try (FerruleServer server = FerruleServer.builder().endpoint(Echo.class).start()) {
 *     URI address = server.uri(); // ws://127.0.0.1:8080/
 *     Thread.currentThread().join();
 * }
 * }</pre>
 *
 * <p>Threading: any thread.
 */
public final class FerruleServer implements AutoCloseable {
    private final FerruleServerContainer container;
    private final ContainerServices services;
    private final InstalledExtensions extensions;
    private final Transport transport;
    private final @Nullable SSLContext tls;
    private final String contextPath;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable ServerBinding binding;

    private FerruleServer(
            FerruleServerContainer container,
            ContainerServices services,
            InstalledExtensions extensions,
            Transport transport,
            @Nullable SSLContext tls,
            String contextPath) {
        this.container = container;
        this.services = services;
        this.extensions = extensions;
        this.transport = transport;
        this.tls = tls;
        this.contextPath = contextPath;
    }

    /** A builder with the settings of the system. */
    public static Builder builder() {
        return new Builder();
    }

    /** The container, for deploying more endpoints and for connecting through the same transport. */
    public ServerContainer container() {
        return container;
    }

    /** The container as a client: connects without waiting, through the same transport. */
    public AsyncContainer client() {
        return container;
    }

    /**
     * The base URI with the real port and the context path, such as {@code ws://127.0.0.1:8080/}. It ends with a slash, so
     * that paths resolve against it.
     *
     * @throws IllegalStateException when the server was deployed, but does not listen yet
     */
    public URI uri() {
        ServerBinding bound = binding;
        if (bound == null) {
            throw new IllegalStateException("The server does not listen yet, so it has no URI");
        }
        InetSocketAddress address = bound.address();
        int port = address == null ? services.settings().get(Keys.PORT) : address.getPort();
        String host = services.settings().get(Keys.HOST);
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create((tls == null ? "ws://" : "wss://") + shown + ":" + port + contextPath + "/");
    }

    /**
     * The application has begun, but nobody can connect before {@link #listen}: from now on a deployment that fails harms only
     * itself.
     *
     * @throws DeploymentException when a deployment through the container failed since, even if its exception was swallowed,
     *     or when there are endpoints, and settings for others
     */
    public void begin() throws DeploymentException {
        container.started();
        if (!endpoints().isEmpty()) {
            container.checkSettings();
        }
    }

    /**
     * Accepts connections from now on. A server that was made by {@link Builder#start} does already. Called until it has
     * succeeded once.
     *
     * @throws IllegalStateException when the server listens already
     * @throws DeploymentException when a deployment through the container failed since, even if its exception was swallowed
     * @throws IOException when the address cannot be bound; the message names it and the setting
     */
    public void listen() throws DeploymentException, IOException {
        if (binding != null) {
            throw new IllegalStateException("The server listens already, on " + uri());
        }
        container.started();
        Settings settings = services.settings();
        String host = settings.get(Keys.HOST);
        int port = settings.get(Keys.PORT);
        BindRequest request = new BindRequest(
                host,
                port,
                tls,
                settings.get(Keys.MAX_HANDSHAKE_BYTES),
                settings.get(Keys.MAX_HEADERS),
                settings.get(Keys.HANDSHAKE_TIMEOUT));
        try {
            binding = transport.bind(request, container);
        } catch (IOException failure) {
            throw new IOException(
                    "Cannot listen on " + Keys.HOST.key() + "=" + host + ", " + Keys.PORT.key() + "=" + port + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    /** Sends one object to many sessions. */
    public Broadcast broadcast() {
        return (message, sessions) -> Broadcasting.send(message, sessions, services.callbacks());
    }

    /** The open sessions of the endpoints. */
    public OpenSessions openSessions() {
        return new OpenSessions() {
            @Override
            public Set<Session> of(Class<?> endpoint) {
                return container.openSessions((type, path) -> type == endpoint);
            }

            @Override
            public Set<Session> of(String path) {
                return container.openSessions((type, deployed) -> deployed.equals(path));
            }
        };
    }

    /** Runs application code that may block, on threads such as callbacks run on. */
    public Executor callbacks() {
        return services.callbacks();
    }

    /** The endpoints in service, for people: class and path. */
    public Set<String> endpoints() {
        return container.describeEndpoints();
    }

    /**
     * Stops: accepts nothing more, closes every session with 1001 and waits for their ends, at most the close timeout, then
     * cuts them; ends every thread. Idempotent. A callback of the server that calls this waits for itself, too: until the close
     * timeout has passed.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ServerBinding bound = binding;
            if (bound != null) {
                bound.close();
            }
            container.stop(services.settings().get(Keys.CLOSE_TIMEOUT).toMillis());
            transport.close();
            services.close();
            extensions.close();
        }
    }

    /** What a server is made of. Not for concurrent use. */
    public static final class Builder extends ContainerBuilder<Builder> {
        private final List<Class<?>> annotated = new ArrayList<>();
        private final List<ServerEndpointConfig> configs = new ArrayList<>();
        private final List<Class<?>> clients = new ArrayList<>();
        private final List<HttpFallback> fallbacks = new ArrayList<>();
        private final List<HandshakeGuard> guards = new ArrayList<>();
        private CallbackGuard callbackGuard = CallbackGuard.NONE;
        private DeploymentGuard deploymentGuard = DeploymentGuard.NONE;
        private CoderProvider.Beans beans = CoderProvider.Beans.NONE;
        private @Nullable SSLContext tls;
        private String contextPath = "";

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Deploys an annotated endpoint class. */
        public Builder endpoint(Class<?> annotatedClass) {
            annotated.add(annotatedClass);
            return this;
        }

        /** Deploys a programmatic endpoint. */
        public Builder endpoint(ServerEndpointConfig config) {
            configs.add(config);
            return this;
        }

        /** Checks an annotated client endpoint class, too, so that what is wrong with it does not wait for its first connection. */
        public Builder clientEndpoint(Class<?> annotatedClass) {
            clients.add(annotatedClass);
            return this;
        }

        /** Who decides about handshakes beside configurators, after those that were added before. */
        public Builder guard(HandshakeGuard guard) {
            guards.add(guard);
            return this;
        }

        /** What is checked before callbacks of annotated endpoints; nothing by default. */
        public Builder callbackGuard(CallbackGuard guard) {
            callbackGuard = guard;
            return this;
        }

        /** What else is checked before endpoints are deployed, now and later; nothing by default. */
        public Builder deploymentGuard(DeploymentGuard guard) {
            deploymentGuard = guard;
            return this;
        }

        /** Where coder providers find application beans; there are none by default. */
        public Builder beans(CoderProvider.Beans source) {
            beans = source;
            return this;
        }

        /** A fallback for plain HTTP that is asked before those that the service loader finds. */
        public Builder fallback(HttpFallback fallback) {
            fallbacks.add(fallback);
            return this;
        }

        /** The TLS context, instead of one from the key store that the settings name. */
        public Builder tls(SSLContext context) {
            tls = context;
            return this;
        }

        /**
         * The path below which endpoints live, such as {@code /app}, percent-encoded as in requests; the root, which is empty,
         * by default. Requests elsewhere are not for endpoints: handshakes get a 404, plain HTTP goes to the fallbacks.
         *
         * @throws IllegalArgumentException when the path is not empty and does not start with a slash, or ends with one
         */
        public Builder contextPath(String path) {
            if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
                throw new IllegalArgumentException("The context path '" + path
                        + "' must start with a slash and not end with one, or be empty for the root");
            }
            contextPath = path;
            return this;
        }

        /**
         * Checks everything, deploys the endpoints and accepts connections.
         *
         * @throws DeploymentException when endpoints break rules; the message lists every problem
         * @throws IOException when the address cannot be bound; the message names it and the setting
         * @throws dev.ferrule.container.settings.SettingsException when settings are wrong; the message lists all of them
         * @throws IllegalStateException when there is no transport, or there are several
         */
        public FerruleServer start() throws DeploymentException, IOException {
            FerruleServer server = deploy();
            boolean started = false;
            try {
                server.begin();
                server.container.checkSettings(); // also when there is no endpoint yet: nobody adds the first one later
                server.listen();
                started = true;
                return server;
            } finally {
                if (!started) {
                    server.close();
                }
            }
        }

        /**
         * Checks everything and deploys the endpoints, but accepts no connection before {@link FerruleServer#listen}. The
         * container can connect to other servers already.
         *
         * @throws DeploymentException when endpoints break rules; the message lists every problem
         * @throws dev.ferrule.container.settings.SettingsException when settings are wrong; the message lists all of them
         * @throws IllegalStateException when there is no transport, or there are several
         */
        public FerruleServer deploy() throws DeploymentException {
            ClassLoader loader = loader();
            Settings read = readSettings();
            SSLContext context = tls == null ? KeyStores.context(read) : tls;
            Transport chosen = chooseTransport(read, loader);
            ContainerServices.Hooks hooks = new ContainerServices.Hooks(
                    instances, scope, List.copyOf(guards), callbackGuard, events, coderProviders(loader), beans);
            ContainerServices services = new ContainerServices(read, hooks);
            services.runCallbacksOn(chosen);
            InstalledExtensions extensions = new InstalledExtensions(frameExtensions, loader);
            FerruleServerContainer container = new FerruleServerContainer(
                    services,
                    new ClientConnector(services, extensions.under(read), ClientConnector.TransportLease.of(chosen)),
                    extensions::under,
                    deploymentGuard,
                    andServices(fallbacks, HttpFallback.class, loader),
                    contextPath,
                    loader);
            FerruleServer server = new FerruleServer(container, services, extensions, chosen, context, contextPath);
            boolean deployed = false;
            try {
                container.deploy(annotated, configs, ClientConnector.problems(clients, hooks));
                deployed = true;
                return server;
            } finally {
                if (!deployed) {
                    server.close();
                }
            }
        }
    }
}
