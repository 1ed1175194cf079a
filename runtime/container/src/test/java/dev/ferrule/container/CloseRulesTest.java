package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and reasons on the wire and in {@code onClose}, and in which order (§2.1.5, RFC 6455 §7). */
@Timeout(20)
class CloseRulesTest {
    private static final WireFrames FRAMES = WireFrames.client();

    @ServerEndpoint("/closed")
    public static class Closed {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }

        @OnClose
        public void close(Session session, CloseReason reason) {
            Stage.see(reason);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    @Tag("obligation-6.4")
    @Tag("obligation-6.5")
    void theCloseFrameGoesOutBeforeTheCallback() throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            MemoryPeer peer = stage.rawPeer("closed", true);
            ((Session) Stage.next()).close(new CloseReason(CloseCodes.GOING_AWAY, "so long"));
            String frame = hex(WireFrames.server().close(1001, "so long"));
            await().pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> assertThat(peer.received()).isEqualTo(frame));
            assertThat(Stage.rest()).as("onClose waits for the peer's answer").isEmpty();
            peer.send(FRAMES.close(1001, ""));
            CloseReason reason = (CloseReason) Stage.next();
            assertThat(reason.getCloseCode()).isEqualTo(CloseCodes.GOING_AWAY);
            assertThat(reason.getReasonPhrase()).isEqualTo("so long");
        }
    }

    @Test
    @Tag("obligation-6.4")
    void closingWithoutAReasonIs1000WithoutAText() throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            MemoryPeer peer = stage.rawPeer("closed", true);
            ((Session) Stage.next()).close();
            await().untilAsserted(() -> assertThat(peer.received()).isEqualTo("880203e8"));
        }
    }

    @ParameterizedTest(name = "{0} is sent as ''{1}''")
    @CsvSource({"1004, 8800", "1005, 8800", "1006, ''", "1015, 8800"})
    @Tag("obligation-6.6")
    void aCodeThatIsNotForTheWireStaysHere(int code, String sent) throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            MemoryPeer peer = stage.rawPeer("closed", true);
            ((Session) Stage.next()).close(new CloseReason(CloseCodes.getCloseCode(code), null));
            assertThat(((CloseReason) Stage.next()).getCloseCode().getCode()).isEqualTo(code);
            await().untilAsserted(() -> assertThat(peer.received()).isEqualTo(sent));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseCodes.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RESERVED", "NO_STATUS_CODE", "CLOSED_ABNORMALLY", "TLS_HANDSHAKE_FAILURE"})
    @Tag("obligation-6.2")
    @Tag("obligation-6.11")
    void aRegisteredCodeArrivesAsItself(CloseCode code) throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            Peer peer = stage.connect("closed");
            Stage.next();
            peer.session.close(new CloseReason(code, "why"));
            CloseReason seen = (CloseReason) Stage.next();
            assertThat(seen.getCloseCode()).isSameAs(code);
            assertThat(seen.getReasonPhrase()).isEqualTo("why");
        }
    }

    @Test
    @Tag("obligation-6.3")
    @Tag("obligation-6.9")
    void anIdleSessionEndsHereWithAReason() throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            stage.server.container().setDefaultMaxSessionIdleTimeout(50);
            stage.rawPeer("closed", true);
            assertThat(((Session) Stage.next()).getMaxIdleTimeout()).isEqualTo(50);
            CloseReason reason = (CloseReason) Stage.next();
            assertThat(reason.getCloseCode()).isEqualTo(CloseCodes.CLOSED_ABNORMALLY);
            assertThat(reason.getReasonPhrase()).contains("50 ms");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    @Tag("obligation-6.9")
    void anIdleTimeoutThatIsNotPositiveOrBeyondAllTimeIsNone(long timeout) throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            stage.server.container().setDefaultMaxSessionIdleTimeout(500);
            MemoryPeer peer = stage.rawPeer("closed", true);
            Session session = (Session) Stage.next();
            session.setMaxIdleTimeout(timeout);
            await().during(Duration.ofMillis(900)).until(() -> peer.received().isEmpty());
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    @Tag("obligation-6.9")
    void aSessionIsNotIdleWhileAMessageArrivesInFragments() throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            MemoryPeer peer = stage.rawPeer("closed", true);
            Session session = (Session) Stage.next();
            session.setMaxIdleTimeout(2_000);
            peer.send(FRAMES.text("a", false));
            await().pollInterval(Duration.ofMillis(100))
                    .during(Duration.ofMillis(2_500))
                    .until(() -> {
                        peer.send(FRAMES.continuation("b", false));
                        return Stage.rest().isEmpty() && peer.received().isEmpty();
                    });
            assertThat(((CloseReason) Stage.next()).getReasonPhrase()).startsWith("Idle");
        }
    }

    @Test
    void closingForNoReasonAtAllIsRefusedAndClosesNothing() throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            MemoryPeer peer = stage.rawPeer("closed", true);
            Session session = (Session) Stage.next();
            assertThatThrownBy(() -> session.close(null)).isInstanceOf(IllegalArgumentException.class);
            session.close();
            await().untilAsserted(() -> assertThat(peer.received()).isEqualTo("880203e8"));
        }
    }

    @Test
    @Tag("obligation-6.3")
    @Tag("obligation-11.4")
    void aLostConnectionEndsHereWith1006AndAReason() throws Exception {
        try (Stage stage = Stage.of(Closed.class)) {
            MemoryPeer peer = stage.rawPeer("closed", true);
            Stage.next();
            peer.cut();
            CloseReason reason = (CloseReason) Stage.next();
            assertThat(reason.getCloseCode()).isEqualTo(CloseCodes.CLOSED_ABNORMALLY);
            assertThat(reason.getReasonPhrase()).isNotEmpty();
        }
    }

    @ServerEndpoint("/polled")
    public static class Polled {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }

        @OnClose
        public void close(Session session) {
            Stage.see("close");
        }
    }

    @Test
    @Tag("obligation-6.8")
    void whoSeesThatASessionIsNotOpenFindsWhatItsCloseCallbackLeft() throws Exception {
        try (Stage stage = Stage.of(Polled.class)) {
            for (int i = 0; i < 50; i++) {
                Peer peer = stage.connect("polled");
                Session session = (Session) Stage.next();
                peer.session.close();
                while (session.isOpen()) {
                    Thread.onSpinWait();
                }
                assertThat(Stage.rest().poll()).isEqualTo("close");
            }
        }
    }
}
