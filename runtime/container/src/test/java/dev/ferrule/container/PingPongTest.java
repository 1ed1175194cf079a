package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pings and pongs, and who learns of them (§2.2.5). */
@Timeout(20)
class PingPongTest {
    private static final WireFrames FRAMES = WireFrames.client();

    @ServerEndpoint("/all")
    public static class All {
        @OnMessage
        public void text(String text) {
            Stage.see("text " + text);
        }

        @OnMessage
        public void bytes(byte[] bytes) {
            Stage.see("bytes");
        }

        @OnMessage
        public void pong(PongMessage pong) {
            Stage.see("pong " + pong.getApplicationData().get());
        }
    }

    @Test
    @Tag("obligation-5.2")
    @Tag("obligation-5.3")
    void anApplicationHearsOfPongsAndNotOfPings() throws Exception {
        try (Stage stage = Stage.of(All.class)) {
            Peer peer = stage.connect("all");
            peer.session.getBasicRemote().sendPing(ByteBuffer.wrap(new byte[] {1}));
            peer.session.getBasicRemote().sendPong(ByteBuffer.wrap(new byte[] {2}));
            peer.send("behind it");
            assertThat(Stage.next()).isEqualTo("pong 2");
            assertThat(Stage.next()).isEqualTo("text behind it");
        }
    }

    @ServerEndpoint("/none")
    public static class None {}

    @Test
    @Tag("obligation-3.11")
    @Tag("obligation-5.1")
    void pingsAreAnsweredWithoutAnyHandlerAndBehindDroppedMessages() throws Exception {
        try (Stage stage = Stage.of(None.class)) {
            MemoryPeer peer = stage.rawPeer("none", true);
            peer.send(FRAMES.text("dropped"));
            peer.send(FRAMES.ping((byte) 0x77));
            await().untilAsserted(() -> assertThat(peer.received()).isEqualTo("8a0177"));
        }
    }

    @ServerEndpoint("/impatient")
    public static class Impatient {
        @OnOpen
        public void open(Session session) {
            session.setMaxIdleTimeout(1_000);
            Stage.see(session);
        }

        @OnClose
        public void close() {
            Stage.see("close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"receives a ping", "receives a pong", "sends a ping", "sends a pong"})
    @Tag("obligation-5.4")
    void whoeverPingsIsNotIdle(String what) throws Exception {
        try (Stage stage = Stage.of(Impatient.class)) {
            MemoryPeer peer = stage.rawPeer("impatient", true);
            Session session = (Session) Stage.next();
            ByteBuffer empty = ByteBuffer.allocate(0);
            await().pollInterval(Duration.ofMillis(100))
                    .during(Duration.ofMillis(1_500))
                    .until(() -> {
                        switch (what) {
                            case "receives a ping" -> peer.send(FRAMES.ping());
                            case "receives a pong" -> peer.send(FRAMES.pong());
                            case "sends a ping" -> session.getBasicRemote().sendPing(empty);
                            default -> session.getAsyncRemote().sendPong(empty);
                        }
                        return Stage.rest().isEmpty();
                    });
            assertThat(Stage.next()).isEqualTo("close");
        }
    }

    @Test
    @Tag("obligation-6.9")
    void automaticPingsDoNotPutOffTheIdleTimeout() throws Exception {
        try (Stage stage = Stage.with(
                builder -> builder.set("ferrule.ping.interval", "100ms").endpoint(Impatient.class))) {
            stage.connect("impatient");
            Stage.next();
            assertThat(Stage.next()).isEqualTo("close");
        }
    }
}
