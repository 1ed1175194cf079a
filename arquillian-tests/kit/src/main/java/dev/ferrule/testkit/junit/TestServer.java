package dev.ferrule.testkit.junit;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A server of its own for each test, with what the test has connected to it; both end with the test:
 *
 * <pre>{@code
 * @RegisterExtension
 * final TestServer server = TestServer.inMemory(builder -> builder.endpoint(Echo.class));
 *
 * @Test
 * void textComesBack() throws Exception {
 *     TestClient client = server.connect("echo");
 *     client.sendText("hello");
 *     assertThat(client.nextText()).isEqualTo("hello");
 * }
 * }</pre>
 *
 * <p>Parameters of test methods may ask for a client ({@link dev.ferrule.testkit.Connect}), for {@link TestClients}, the base
 * URI ({@link dev.ferrule.testkit.BaseUri}) or the {@link FerruleServer}. {@link WebSocketTest} says the same with an
 * annotation.
 *
 * <p>Threading: one test at a time.
 */
public final class TestServer implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final boolean inMemory;
    private final UnaryOperator<FerruleServer.Builder> recipe;
    private @Nullable Running running;

    /** What a test has. */
    private record Running(FerruleServer server, TestClients clients) {}

    private TestServer(boolean inMemory, UnaryOperator<FerruleServer.Builder> recipe) {
        this.inMemory = inMemory;
        this.recipe = recipe;
    }

    /**
     * A server that only its own clients reach: no port, no thread of a network.
     *
     * @param recipe names the endpoints, settings and whatever else the builder takes
     */
    public static TestServer inMemory(UnaryOperator<FerruleServer.Builder> recipe) {
        return new TestServer(true, recipe);
    }

    /**
     * A server on a free port, by the transport on the class path.
     *
     * @param recipe names the endpoints, settings and whatever else the builder takes
     */
    public static TestServer onPort(UnaryOperator<FerruleServer.Builder> recipe) {
        return new TestServer(false, recipe);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws DeploymentException, IOException {
        FerruleServer.Builder builder = FerruleServer.builder().set("ferrule.port", "0");
        if (inMemory) {
            builder.transport(new MemoryTransport());
        }
        FerruleServer server = recipe.apply(builder).start();
        running = new Running(server, new TestClients(server.container(), server.uri()));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Running ended = running;
        running = null;
        if (ended != null) {
            try {
                ended.clients().close();
            } finally {
                ended.server().close();
            }
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("The server runs during a test, and not before or after it");
        }
        return running;
    }

    /** The server. */
    public FerruleServer server() {
        return running().server();
    }

    /** The base URI. */
    public URI uri() {
        return server().uri();
    }

    /**
     * Connects a client, which is closed after the test; the server's {@code onOpen} has returned then.
     *
     * @param path below the base URI
     * @throws DeploymentException when the server refuses
     */
    public TestClient connect(String path) throws DeploymentException, IOException {
        return running().clients().connect(path);
    }

    /**
     * As {@link #connect(String)}, with subprotocols, coders or a configurator.
     *
     * @throws DeploymentException when the server refuses
     */
    public TestClient connect(String path, ClientEndpointConfig config) throws DeploymentException, IOException {
        return running().clients().connect(path, config);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return provides(parameter);
    }

    static boolean provides(ParameterContext parameter) {
        return parameter.getParameter().getType() == FerruleServer.class
                || TestClients.provides(parameter.getParameter());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == FerruleServer.class) {
            return server();
        }
        try {
            return running().clients().argument(parameter.getParameter());
        } catch (DeploymentException | IOException failure) {
            throw new ParameterResolutionException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
