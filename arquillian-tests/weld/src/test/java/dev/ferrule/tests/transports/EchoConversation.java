package dev.ferrule.tests.transports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The same endpoint and the same tests, whatever carries the bytes. */
abstract class EchoConversation {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Test
    void textComesBackThroughInjectedBeans() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("echo/Ada"))) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("Ada: hello (stamped)");
        }
    }

    @Test
    void bytesComeBack() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("echo/Ada"))) {
            client.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(client.nextBinary()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
    }

    @Test
    void aMessageOfManyFramesComesBackWhole() throws Exception {
        String long64k = "x".repeat(65_536);
        try (TestClient client = TestClient.connect(container, server.resolve("echo/Ada"))) {
            client.session().getBasicRemote().sendText(long64k, false);
            client.session().getBasicRemote().sendText("end", true);
            assertThat(client.nextText()).isEqualTo("Ada: " + long64k + "end (stamped)");
        }
    }

    @Test
    void aCloseIsAnswered() throws Exception {
        TestClient client = TestClient.connect(container, server.resolve("echo/Ada"));
        client.close();
        assertThat(client.closeReason().getCloseCode()).isEqualTo(CloseReason.CloseCodes.NORMAL_CLOSURE);
    }
}
