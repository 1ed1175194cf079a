package dev.ferrule.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestClientTest {
    /** Does what it is told. */
    @ServerEndpoint("/puppet")
    public static class Puppet {
        @OnMessage
        public void on(String command, Session session) throws IOException {
            switch (command) {
                case "text" -> session.getBasicRemote().sendText("text");
                case "bytes" -> session.getBasicRemote().sendBinary(ByteBuffer.wrap(new byte[] {1, 2}));
                default -> session.close(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "later"));
            }
        }
    }

    private FerruleServer server;
    private TestClient client;

    @BeforeEach
    void connect() throws Exception {
        server = FerruleServer.builder()
                .transport(new MemoryTransport())
                .set("ferrule.port", "0")
                .endpoint(Puppet.class)
                .start();
        client = TestClient.connect(server.container(), server.uri().resolve("puppet"));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void messagesComeInTheirOrder() throws Exception {
        client.sendText("text");
        client.sendText("bytes");
        assertThat(client.nextText()).isEqualTo("text");
        assertThat(client.nextBinary()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    void aMessageOfAnotherKindFailsTheTest() throws Exception {
        client.sendText("text");
        assertThatThrownBy(client::nextBinary)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("there came a String: text");
    }

    @Test
    void nothingInTimeFailsTheTest() {
        assertThatThrownBy(() -> client.expect(String.class).within(Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing came");
    }

    @Test
    void theEndOfTheConnectionFailsAWaitAtOnce() throws Exception {
        client.sendText("close");
        assertThatThrownBy(client::nextText).isInstanceOf(AssertionError.class).hasMessageContaining("CloseReason");
    }

    @Test
    void theReasonOfTheEndIsKept() throws Exception {
        client.sendText("text");
        client.sendText("close");
        assertThat(client.closeReason().getCloseCode()).isEqualTo(CloseReason.CloseCodes.TRY_AGAIN_LATER);
        assertThat(client.closeReason().getReasonPhrase()).isEqualTo("later");
    }
}
