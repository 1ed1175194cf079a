package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.settings.Keys;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole container, one end to the other, without a network. */
@Timeout(20)
class InMemoryEchoTest {
    @ServerEndpoint("/echo/{name}")
    public static class Echo {
        @OnMessage
        public String text(String text, @PathParam("name") String name) {
            return name + ":" + text;
        }

        @OnMessage
        public ByteBuffer bytes(ByteBuffer bytes) {
            return bytes;
        }
    }

    @ClientEndpoint
    public static class Client {
        final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
        final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

        @OnMessage
        public void text(String text) {
            received.add(text);
        }

        @OnMessage
        public void bytes(byte[] bytes) {
            received.add(bytes.length);
        }

        @OnClose
        public void close(CloseReason reason) {
            closed.complete(reason);
        }
    }

    @Test
    void aTextComesBackThroughAnAnnotatedEndpoint() throws Exception {
        try (FerruleServer server = server()) {
            Client client = new Client();
            Session session =
                    server.container().connectToServer(client, server.uri().resolve("echo/a%20b"));
            session.getBasicRemote().sendText("hello");
            assertThat(client.received.poll(5, TimeUnit.SECONDS)).isEqualTo("a b:hello");
            session.close();
            assertThat(client.closed.get(5, TimeUnit.SECONDS).getCloseCode())
                    .isEqualTo(CloseReason.CloseCodes.NORMAL_CLOSURE);
        }
    }

    @Test
    void aMebibyteOfBytesComesBack() throws Exception {
        try (FerruleServer server = server()) {
            Client client = new Client();
            Session session =
                    server.container().connectToServer(client, server.uri().resolve("echo/x"));
            session.getBasicRemote().sendBinary(ByteBuffer.allocate(1 << 20));
            assertThat(client.received.poll(5, TimeUnit.SECONDS)).isEqualTo(1 << 20);
        }
    }

    private static FerruleServer server() throws Exception {
        return FerruleServer.builder()
                .set(Keys.TRANSPORT, "memory")
                .set(Keys.PORT, 0)
                .endpoint(Echo.class)
                .start();
    }
}
