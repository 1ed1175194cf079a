package dev.ferrule.testkit;

import dev.ferrule.container.spi.CoderProvider.Beans;
import dev.ferrule.testkit.Received.End;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.EncodeException;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A peer for tests: connected, it keeps what comes in its order, and waits for it with an end.
 *
 * <pre>{@code
 * try (TestClient client = TestClient.connect(container, server.resolve("chat/lobby"))) {
 *     client.send(new Post("hello"));
 *     assertThat(client.expect(Reply.class).within(ofSeconds(1)).text()).isEqualTo("HELLO");
 * }
 * }</pre>
 *
 * <p>Waits end with an {@link AssertionError} that says what was expected, how long, what came instead, and whether the
 * connection has ended, with which code.
 *
 * <p>Threading: one test thread.
 */
public final class TestClient implements AutoCloseable {
    /** How long is waited where nobody says it. Long for a machine under load; a test that passes never waits so long. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String END = new Wanted<>(CloseReason.class).describe();

    private static final ByteBuffer MARK = ByteBuffer.wrap(
                    "ferrule-test-client-open".getBytes(StandardCharsets.US_ASCII))
            .asReadOnlyBuffer();

    private final Inbox inbox = new Inbox(MARK);
    private final MessageDecoding decoding;
    private final Session session;

    private TestClient(WebSocketContainer container, ClientEndpointConfig config, URI uri, Beans beans)
            throws DeploymentException, IOException {
        decoding = new MessageDecoding(config, beans);
        try {
            session = container.connectToServer(inbox, config, uri);
        } catch (DeploymentException | IOException | RuntimeException failure) {
            decoding.close();
            throw failure;
        }
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
     * Connects with subprotocols, coders or a configurator. The container's idle timeout and its limits for messages do not hold
     * for the client.
     *
     * @throws DeploymentException when the server refuses
     */
    public static TestClient connect(WebSocketContainer container, ClientEndpointConfig config, URI uri)
            throws DeploymentException, IOException {
        return connect(container, config, uri, Beans.NONE);
    }

    static TestClient connect(WebSocketContainer container, ClientEndpointConfig config, URI uri, Beans beans)
            throws DeploymentException, IOException {
        return new TestClient(container, config, uri, beans);
    }

    /**
     * Waits until the server's {@code onOpen} has returned, by a ping: a server reads nothing before that. A connection that
     * has ended meanwhile is enough, too.
     */
    public TestClient awaitServer() throws IOException {
        try {
            session.getBasicRemote().sendPing(MARK.duplicate());
        } catch (IOException | IllegalStateException closed) {
            // The server has ended it already, which its end will tell.
        }
        if (!inbox.awaitOpen(PATIENCE)) {
            throw new AssertionError("The server has answered no ping within " + inWords(PATIENCE)
                    + ": its onOpen has probably not returned");
        }
        return this;
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

    /** Sends an object through the encoders of the configuration, then of installed coder providers such as JSON-B. */
    public void send(Object message) throws IOException, EncodeException {
        session.getBasicRemote().sendObject(message);
    }

    /** Sends a ping; the pong that answers it is to be expected. */
    public void ping(String payload) throws IOException {
        session.getBasicRemote().sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
    }

    /** The next text message. */
    public String nextText() {
        return next(String.class);
    }

    /** The next binary message. */
    public ByteBuffer nextBinary() {
        return next(ByteBuffer.class);
    }

    /** The next thing, which is {@link #expect expected} within {@link #PATIENCE}. */
    public <T> T next(Class<T> type) {
        return expect(type).within(PATIENCE);
    }

    /**
     * Expects that the next thing that comes is of a kind: {@code String} is a whole text message, {@code ByteBuffer} a whole
     * binary one, {@link PongMessage} a pong, {@link CloseReason} the end of the connection, {@code Throwable} what the
     * client's error callback was told; any other type is a message that decodes to it, by the decoders of the
     * configuration, then by those of installed coder providers such as JSON-B.
     */
    public <T> Expectation<T> expect(Class<T> type) {
        Wanted<T> wanted = new Wanted<>(type);
        return patience -> {
            Received next = inbox.take(patience);
            String why = "";
            try {
                T found = next == null ? null : wanted.in(next, decoding);
                if (found != null) {
                    return found;
                }
            } catch (DecodeException undecodable) {
                why = ", which does not decode: " + undecodable.getMessage();
            }
            throw unmet(wanted.describe(), patience, next, why);
        };
    }

    /** Expects that the next thing is the end of the connection with a code, such as 1000 (normal closure). */
    public Expectation<CloseReason> expectClose(int code) {
        return patience -> {
            Received next = inbox.take(patience);
            if (next instanceof End end && end.reason().getCloseCode().getCode() == code) {
                return end.reason();
            }
            throw unmet(END + " with " + code, patience, next, "");
        };
    }

    /** Why the connection ended; messages before the end are skipped. */
    public CloseReason closeReason() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Received next = inbox.take(Duration.ofNanos(until - System.nanoTime()));
            if (next instanceof End end) {
                return end.reason();
            }
            if (next == null) {
                throw unmet(END, PATIENCE, null, "");
            }
        }
    }

    /** Waits for the end of the connection; what came before it can be expected afterwards. */
    public void awaitEnd() {
        if (!inbox.awaitEnd(PATIENCE)) {
            throw new AssertionError("Expected " + END + " within " + inWords(PATIENCE) + ", but it did not come"
                    + inbox.circumstances(null) + inbox.describeWaiting());
        }
    }

    private AssertionError unmet(String wanted, Duration patience, @Nullable Received next, String why) {
        return new AssertionError("Expected " + wanted + " within " + inWords(patience) + ", but "
                + (next == null ? "nothing came" : "there came " + next.describe() + why)
                + inbox.circumstances(next));
    }

    private static String inWords(Duration patience) {
        return patience.toMillis() % 1000 == 0 ? patience.toSeconds() + " s" : patience.toMillis() + " ms";
    }

    /** Closes with 1000, if the connection has not ended yet. */
    @Override
    public void close() throws IOException {
        try {
            session.close();
        } finally {
            decoding.close();
        }
    }
}
