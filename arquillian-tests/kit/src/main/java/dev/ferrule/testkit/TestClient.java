package dev.ferrule.testkit;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A peer for tests: connected, it keeps what comes in its order, and waits for it with an end.
 *
 * <pre>{@code
 * try (TestClient client = TestClient.connect(container, server.resolve("chat/lobby"))) {
 *     client.sendText("hello");
 *     assertThat(client.nextText()).isEqualTo("hello, you");
 * }
 * }</pre>
 *
 * <p>Waits end with an {@link AssertionError} that says what came instead: nothing in time, a message of another kind, or the
 * end of the connection.
 *
 * <p>Threading: one test thread.
 */
public final class TestClient implements AutoCloseable {
    /** Long for a machine under load; a test that passes never waits so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final Session session;
    private @Nullable CloseReason closed;

    private TestClient(WebSocketContainer container, ClientEndpointConfig config, URI uri)
            throws DeploymentException, IOException {
        session = container.connectToServer(new Recorder(received), config, uri);
    }

    /**
     * Connects.
     *
     * @throws DeploymentException when the server refuses
     */
    public static TestClient connect(WebSocketContainer container, URI uri) throws DeploymentException, IOException {
        return connect(container, ClientEndpointConfig.Builder.create().build(), uri);
    }

    /**
     * Connects with subprotocols, coders or a configurator.
     *
     * @throws DeploymentException when the server refuses
     */
    public static TestClient connect(WebSocketContainer container, ClientEndpointConfig config, URI uri)
            throws DeploymentException, IOException {
        return new TestClient(container, config, uri);
    }

    /** Keeps everything that comes. */
    private static final class Recorder extends Endpoint {
        private final BlockingQueue<Object> received;

        Recorder(BlockingQueue<Object> received) {
            this.received = received;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::add);
            session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) bytes -> received.add(
                    ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()));
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            received.add(reason);
        }

        @Override
        public void onError(Session session, Throwable failure) {
            received.add(failure);
        }
    }

    /** The client's session. */
    public Session session() {
        return session;
    }

    /** Sends a text message and waits until the transport has taken it. */
    public void sendText(String text) throws IOException {
        session.getBasicRemote().sendText(text);
    }

    /** Sends a binary message and waits until the transport has taken it. */
    public void sendBinary(ByteBuffer bytes) throws IOException {
        session.getBasicRemote().sendBinary(bytes);
    }

    /** The next text message. */
    public String nextText() {
        return expect(String.class).within(PATIENCE);
    }

    /** The next binary message. */
    public ByteBuffer nextBinary() {
        return expect(ByteBuffer.class).within(PATIENCE);
    }

    /** Why the connection ended; messages before the end are skipped. */
    public CloseReason closeReason() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (closed == null) {
            Object next = poll(Duration.ofNanos(end - System.nanoTime()));
            if (next == null) {
                throw new AssertionError("The connection has not ended within " + PATIENCE);
            }
            if (next instanceof CloseReason reason) {
                closed = reason;
            }
        }
        return closed;
    }

    /** Expects that the next thing that comes is of a kind: {@code String}, {@code ByteBuffer} or {@code Throwable}. */
    public <T> Expectation<T> expect(Class<T> kind) {
        return patience -> {
            Object next = closed == null ? poll(patience) : closed;
            if (next instanceof CloseReason reason) {
                closed = reason;
            }
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
            throw new AssertionError("Expected a " + kind.getSimpleName() + ", but "
                    + (next == null
                            ? "nothing came within " + patience
                            : "there came a " + next.getClass().getSimpleName() + ": " + next));
        };
    }

    /** Something that should come. */
    @FunctionalInterface
    public interface Expectation<T> {
        /** Waits for it, no longer than this. */
        T within(Duration patience);
    }

    private @Nullable Object poll(Duration patience) {
        try {
            return received.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting", interrupted);
        }
    }

    /** Closes with 1000, if the connection has not ended yet. */
    @Override
    public void close() throws IOException {
        session.close();
    }
}
