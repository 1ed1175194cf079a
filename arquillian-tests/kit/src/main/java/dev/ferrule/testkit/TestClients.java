package dev.ferrule.testkit;

import dev.ferrule.container.spi.CoderProvider.Beans;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ClientEndpointConfig.Configurator;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clients of one test: connects them to one server, and closes them together. A test gets it as a parameter, or makes it:
 *
 * <pre>{@code
 * try (TestClients clients = new TestClients(server.container(), server.uri())) {
 *     TestClient one = clients.connect("chat/lobby");
 *     TestClient other = clients.connect("chat/lobby");
 *     ...
 * }
 * }</pre>
 *
 * <p>Threading: one test thread.
 */
public final class TestClients implements AutoCloseable {
    private final WebSocketContainer container;
    private final URI server;
    private final Beans beans;
    private final List<TestClient> connected = new ArrayList<>();
    private final Map<Parameter, TestClient> arguments = new HashMap<>();

    /**
     * Nobody is connected yet.
     *
     * @param container what connects; the server's own where that is in memory
     * @param server the server's base URI, which ends with a slash
     */
    public TestClients(WebSocketContainer container, URI server) {
        this(container, server, Beans.NONE);
    }

    /**
     * As {@link #TestClients(WebSocketContainer, URI)}, where the test can reach the application's beans.
     *
     * @param beans what coder providers use that decode what a test expects, such as a {@code Jsonb}
     */
    public TestClients(WebSocketContainer container, URI server, Beans beans) {
        this.container = container;
        this.server = server;
        this.beans = beans;
    }

    /** The server's base URI. */
    public URI server() {
        return server;
    }

    /**
     * Connects, and waits until the server's {@code onOpen} has returned.
     *
     * @param path below the base URI, with a query if need be; a slash at its beginning is harmless
     * @throws DeploymentException when the server refuses
     */
    public TestClient connect(String path) throws DeploymentException, IOException {
        return connect(path, ClientEndpointConfig.Builder.create().build());
    }

    /**
     * As {@link #connect(String)}, with subprotocols, coders or a configurator.
     *
     * @throws DeploymentException when the server refuses
     */
    public TestClient connect(String path, ClientEndpointConfig config) throws DeploymentException, IOException {
        URI uri = server.resolve(path.startsWith("/") ? path.substring(1) : path);
        TestClient client = TestClient.connect(container, config, uri, beans);
        connected.add(client);
        return client.awaitServer();
    }

    /**
     * Whether a parameter of a test method is for {@link #argument}: a {@link TestClient} with {@link Connect}, a {@link URI}
     * with {@link BaseUri}, or a {@code TestClients}.
     */
    public static boolean provides(Parameter parameter) {
        Class<?> type = parameter.getType();
        return type == TestClients.class
                || (type == TestClient.class && parameter.isAnnotationPresent(Connect.class))
                || (type == URI.class && parameter.isAnnotationPresent(BaseUri.class));
    }

    /**
     * The value of a parameter that this class {@link #provides}; the same one when it is asked for again.
     *
     * @throws DeploymentException when the server refuses the connection that the parameter asks for
     */
    public Object argument(Parameter parameter) throws DeploymentException, IOException {
        Connect wanted = parameter.getAnnotation(Connect.class);
        if (wanted == null) {
            return parameter.getType() == URI.class ? server : this;
        }
        TestClient client = arguments.get(parameter);
        if (client != null) {
            return client;
        }
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(wanted.subprotocols()))
                .encoders(List.of(wanted.encoders()))
                .decoders(List.of(wanted.decoders()))
                .configurator(configurator(wanted.configurator()))
                .build();
        client = connect(wanted.value(), config);
        arguments.put(parameter, client);
        return client;
    }

    private static Configurator configurator(Class<? extends Configurator> type) {
        try {
            Constructor<? extends Configurator> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalArgumentException(
                    "The configurator " + type.getName() + " cannot be made: " + impossible, impossible);
        }
    }

    /** Closes every client with 1000 that is still open. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (TestClient client : connected) {
            try {
                client.close();
            } catch (IOException failed) {
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        connected.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
