package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long messages may be: the session's buffer sizes, {@code maxMessageSize}, and both (§4.7.1). */
@Timeout(20)
class LimitsTest {
    @ServerEndpoint("/free")
    public static class Free {
        @OnMessage
        public int text(String text) {
            return text.length();
        }

        @OnMessage
        public int bytes(byte[] bytes) {
            return bytes.length;
        }

        @OnError
        public void error(Throwable error) {
            Stage.see(error.getClass().getSimpleName());
        }

        @OnClose
        public void close(CloseReason reason) {
            Stage.see(reason.getCloseCode().getCode());
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    @Tag("obligation-3.12")
    @Tag("obligation-11.6")
    void aSessionBeginsWithTheContainersBufferSizes(boolean text) throws Exception {
        try (Stage stage = Stage.of(Free.class)) {
            stage.server.container().setDefaultMaxTextMessageBufferSize(10);
            stage.server.container().setDefaultMaxBinaryMessageBufferSize(10);
            Peer peer = stage.connect("free");
            send(peer, text, 10);
            assertThat(peer.next()).isEqualTo("10");
            send(peer, text, 11);
            assertThat(peer.endCode()).isEqualTo(1009);
            assertThat(Stage.next()).isEqualTo("SessionException");
            assertThat(Stage.next()).isEqualTo(1009);
        }
    }

    private static void send(Peer peer, boolean text, int bytes) throws IOException {
        if (text) {
            peer.session.getAsyncRemote().sendText("x".repeat(bytes));
        } else {
            peer.session.getAsyncRemote().sendBinary(ByteBuffer.allocate(bytes));
        }
    }

    @Test
    @Tag("obligation-3.12")
    void aSessionsOwnBufferSizeMayChangeAtAnyTime() throws Exception {
        try (Stage stage = Stage.of(Free.class)) {
            Peer peer = stage.connect("free");
            peer.session.setMaxTextMessageBufferSize(1);
            assertThat(peer.send("a").next()).isEqualTo("1");
            peer.session.setMaxTextMessageBufferSize(2);
            assertThat(peer.send("a".repeat(10)).next()).isEqualTo("10");
            peer.session.setMaxTextMessageBufferSize(1);
            peer.send("a".repeat(10));
            assertThat(peer.endCode()).isEqualTo(1009);
        }
    }

    @Test
    @Tag("obligation-3.12")
    void aMessageInFragmentsCountsAsAWhole() throws Exception {
        try (Stage stage = Stage.of(Free.class)) {
            stage.server.container().setDefaultMaxTextMessageBufferSize(10);
            Peer peer = stage.connect("free");
            peer.session.getBasicRemote().sendText("123456", false);
            peer.session.getAsyncRemote().setSendTimeout(100);
            try {
                peer.session.getBasicRemote().sendText("78901", true);
            } catch (IOException closedMeanwhile) {
                assertThat(closedMeanwhile).hasMessageContaining("1009");
            }
            assertThat(peer.endCode()).isEqualTo(1009);
        }
    }

    @ServerEndpoint("/streaming")
    public static class Streaming {
        @OnMessage(maxMessageSize = 3)
        public int text(Reader reader) throws IOException {
            int count = 0;
            while (reader.read() >= 0) {
                count++;
            }
            return count;
        }

        @OnMessage(maxMessageSize = 3)
        public int bytes(InputStream stream) throws IOException {
            return stream.readAllBytes().length;
        }
    }

    @ServerEndpoint("/parts")
    public static class Parts {
        private int count;

        @OnMessage(maxMessageSize = 3)
        public void text(String part, boolean last, Session session) throws IOException {
            count += part.length();
            if (last) {
                session.getBasicRemote().sendText(String.valueOf(count));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"streaming, true", "streaming, false", "parts, true"})
    @Tag("obligation-3.13")
    void maxMessageSizeLeavesStreamsAndPartsAlone(String path, boolean text) throws Exception {
        try (Stage stage = Stage.of(Streaming.class, Parts.class)) {
            Peer peer = stage.connect(path);
            send(peer, text, 50);
            assertThat(peer.next()).isEqualTo("50");
        }
    }

    @ServerEndpoint("/both")
    public static class Both {
        @OnOpen
        public void open(Session session) {
            session.setMaxTextMessageBufferSize(5);
            session.setMaxBinaryMessageBufferSize(20);
        }

        @OnMessage(maxMessageSize = 10)
        public int text(String text) {
            return text.length();
        }

        @OnMessage(maxMessageSize = 10)
        public int bytes(byte[] bytes) {
            return bytes.length;
        }
    }

    @ServerEndpoint("/unlimited")
    public static class Unlimited {
        @OnOpen
        public void open(Session session) {
            session.setMaxTextMessageBufferSize(5);
        }

        @OnMessage(maxMessageSize = -1)
        public int text(String text) {
            return text.length();
        }
    }

    @ParameterizedTest(name = "{0}, text {1}: {2} bytes pass and {3} do not")
    @CsvSource({"both, true, 5, 6", "both, false, 10, 11", "unlimited, true, 5, 6"})
    @Tag("obligation-3.15")
    void theSmallerLimitWins(String path, boolean text, int passes, int fails) throws Exception {
        try (Stage stage = Stage.of(Both.class, Unlimited.class)) {
            Peer peer = stage.connect(path);
            send(peer, text, passes);
            assertThat(peer.next()).isEqualTo(String.valueOf(passes));
            send(peer, text, fails);
            assertThat(peer.endCode()).isEqualTo(1009);
        }
    }
}
