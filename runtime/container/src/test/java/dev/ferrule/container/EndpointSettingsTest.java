package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.settings.SettingsException;
import dev.ferrule.container.settings.SettingsSource;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one endpoint has otherwise than its container takes effect there, and only there. */
@Timeout(20)
class EndpointSettingsTest {
    private static final WireFrames FRAMES = WireFrames.client();
    private static final String BY_PATH = "ferrule.endpoint.\"/tuned/{room}\".";

    /** Does what it is told, as the other one. */
    @ServerEndpoint("/tuned/{room}")
    public static class Tuned {
        @OnMessage
        public String on(String command, Session session) throws IOException {
            switch (command) {
                case "idle?":
                    return String.valueOf(session.getMaxIdleTimeout());
                case "hundred":
                    return "x".repeat(100);
                case "flood":
                    session.getAsyncRemote().sendText("x".repeat(10_000));
                    session.getAsyncRemote().sendText("x".repeat(10_000));
                    return null;
                case "close":
                    session.close();
                    return null;
                default:
                    return String.valueOf(command.length());
            }
        }

        @OnClose
        public void close(CloseReason reason) {
            Stage.see(reason.getCloseCode().getCode());
        }
    }

    /** Has nothing of its own. */
    @ServerEndpoint("/plain")
    public static class Plain extends Tuned {
        @Override
        @OnMessage
        public String on(String command, Session session) throws IOException {
            return super.on(command, session);
        }

        @Override
        @OnClose
        public void close(CloseReason reason) {
            super.close(reason);
        }
    }

    private static Stage stage(String... settings) throws Exception {
        return Stage.with(builder -> {
            for (int i = 0; i < settings.length; i += 2) {
                builder.set(settings[i], settings[i + 1]);
            }
            return builder.endpoint(Tuned.class).endpoint(Plain.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ferrule.endpoint.\"/tuned/{room}\".limits.message",
                "ferrule.endpoint.\"dev.ferrule.container.EndpointSettingsTest$Tuned\".limits.message"
            })
    void aLimitForMessagesBeatsTheContainersDefault(String key) throws Exception {
        try (Stage stage = stage(key, "10")) {
            stage.server.container().setDefaultMaxTextMessageBufferSize(30);
            assertThat(stage.connect("plain").send("x".repeat(30)).next()).isEqualTo("30");
            Peer tuned = stage.connect("tuned/1");
            assertThat(tuned.send("x".repeat(10)).next()).isEqualTo("10");
            tuned.session.getAsyncRemote().sendText("x".repeat(11));
            assertThat(tuned.endCode()).isEqualTo(1009);
        }
    }

    @Test
    void aLimitForFrames() throws Exception {
        try (Stage stage = stage(BY_PATH + "limits.frame", "125")) {
            assertThat(stage.connect("plain").send("x".repeat(126)).next()).isEqualTo("126");
            Peer tuned = stage.connect("tuned/1");
            tuned.session.getAsyncRemote().sendText("x".repeat(126));
            assertThat(tuned.endCode()).isEqualTo(1009);
        }
    }

    @Test
    void aLimitForFragments() throws Exception {
        try (Stage stage = stage(BY_PATH + "limits.fragments", "2")) {
            Peer plain = stage.connect("plain");
            Peer tuned = stage.connect("tuned/1");
            for (Peer peer : List.of(plain, tuned)) {
                for (int i = 0; i < 2; i++) {
                    peer.session.getBasicRemote().sendText("x", false);
                }
            }
            plain.session.getBasicRemote().sendText("x", true);
            assertThat(plain.next()).isEqualTo("3");
            try {
                tuned.session.getBasicRemote().sendText("x", true);
            } catch (IOException closedMeanwhile) {
                assertThat(closedMeanwhile).hasMessageContaining("closed");
            }
            assertThat(tuned.endCode()).isEqualTo(1008);
        }
    }

    @Test
    void anIdleTimeout() throws Exception {
        try (Stage stage = stage(BY_PATH + "timeouts.idle", "100ms")) {
            assertThat(stage.connect("plain").send("idle?").next()).isEqualTo("0");
            Peer tuned = stage.connect("tuned/1");
            assertThat(tuned.send("idle?").next()).isEqualTo("100");
            assertThat(tuned.endCode()).isEqualTo(1000);
            assertThat(Stage.next()).isEqualTo(1006);
        }
    }

    @Test
    void pingsAndWhatTheirSilenceMeans() throws Exception {
        try (Stage stage = stage(
                "ferrule.ping.interval", "0", BY_PATH + "ping.interval", "100ms", BY_PATH + "ping.timeout", "100ms")) {
            MemoryPeer peer = stage.rawPeer("tuned/1", true);
            await().untilAsserted(() -> assertThat(peer.received()).startsWith("89"));
            assertThat(Stage.next()).isEqualTo(1006);
        }
    }

    @Test
    void theTimeToAnswerACloseFrame() throws Exception {
        try (Stage stage = stage("ferrule.timeouts.close", "1h", BY_PATH + "timeouts.close", "100ms")) {
            MemoryPeer silent = stage.rawPeer("tuned/1", true);
            silent.send(FRAMES.text("close"));
            assertThat(Stage.next()).isEqualTo(1000);
        }
    }

    @Test
    void theTimeThatAPeerMayReadNothing() throws Exception {
        try (Stage stage = stage("ferrule.timeouts.write-stall", "1h", BY_PATH + "timeouts.write-stall", "100ms")) {
            MemoryPeer deaf = stage.rawPeer("tuned/1", false);
            deaf.send(FRAMES.text("flood"));
            assertThat(Stage.next()).isEqualTo(1006);
        }
    }

    @Test
    void whatMayWaitAndWhatHappensAbove() throws Exception {
        try (Stage stage = stage(
                BY_PATH + "send.cap", "12000", BY_PATH + "send.policy", "close", BY_PATH + "timeouts.close", "100ms")) {
            MemoryPeer deaf = stage.rawPeer("tuned/1", false);
            deaf.send(FRAMES.text("flood"));
            assertThat(Stage.next()).isEqualTo(1013);
            assertThat(stage.connect("plain").send("flood").next()).isEqualTo("x".repeat(10_000));
        }
    }

    @Test
    void compression() throws Exception {
        try (Stage stage = stage(BY_PATH + "compression.enabled", "false")) {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .extensions(List.copyOf(stage.server.container().getInstalledExtensions()))
                    .build();
            assertThat(stage.connect("plain", config).session.getNegotiatedExtensions())
                    .hasSize(1);
            Peer tuned = stage.connect("tuned/1", config);
            assertThat(tuned.session.getNegotiatedExtensions()).isEmpty();
            assertThat(tuned.send("plain text").next()).isEqualTo("10");
        }
    }

    /** The first byte of a frame tells whether its payload is compressed (RFC 7692 §6). */
    @Test
    void fromWhichSizeOnItCompresses() throws Exception {
        try (Stage stage = stage(BY_PATH + "compression.threshold", "100")) {
            for (String path : List.of("plain", "tuned/1")) {
                MemoryPeer peer =
                        stage.rawPeer(path, true, Map.of("Sec-WebSocket-Extensions", List.of("permessage-deflate")));
                peer.send(FRAMES.text("hundred"));
                await().untilAsserted(() -> assertThat(peer.received()).startsWith(path.equals("plain") ? "81" : "c1"));
            }
        }
    }

    @Test
    void howMuchItCompresses() {
        Settings settings = Settings.read(SettingsSource.of(Map.of(BY_PATH + "compression.level", "1")));
        Settings tuned = settings.ofEndpoint("/tuned/{room}", Tuned.class);
        try (InstalledExtensions extensions =
                new InstalledExtensions(List.of(), getClass().getClassLoader())) {
            assertThat(extensions.under(settings.ofEndpoint("/plain", Plain.class)))
                    .isEqualTo(extensions.under(settings));
            assertThat(extensions.under(tuned)).hasSize(1).doesNotContainAnyElementsOf(extensions.under(settings));
        }
    }

    @Test
    void origins() throws Exception {
        try (Stage stage = stage(BY_PATH + "origin.allowed", "https://friend.example")) {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .configurator(new ClientEndpointConfig.Configurator() {
                        @Override
                        public void beforeRequest(Map<String, List<String>> headers) {
                            headers.put("Origin", List.of("https://friend.example"));
                        }
                    })
                    .build();
            assertThat(stage.connect("tuned/1", config).send("hello").next()).isEqualTo("5");
            assertThatThrownBy(() -> stage.connect("plain", config)).hasMessageContaining("403");
        }
    }

    @Test
    void keysForNoEndpointStopTheStartAllAtOnce() {
        assertThatThrownBy(() -> stage(
                        "ferrule.endpoint.\"/tnued/{room}\".limits.message",
                        "1K",
                        "ferrule.endpoint.\"dev.ferrule.Tuned\".ping.interval",
                        "1s"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "ferrule.endpoint.\"/tnued/{room}\".limits.message",
                        "ferrule.endpoint.\"dev.ferrule.Tuned\".ping.interval",
                        "Tuned at /tuned/{room}",
                        "Plain at /plain");
    }

    @Test
    void wrongValuesStopTheStartAllAtOnce() {
        assertThatThrownBy(() -> stage(BY_PATH + "limits.message", "many", "ferrule.ping.interval", "often"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(BY_PATH + "limits.message is 'many'", "ferrule.ping.interval is 'often'");
    }

    @Test
    void anEndpointThatTheApplicationDeploysLaterIsOneToo() throws Exception {
        try (FerruleServer server = FerruleServer.builder()
                .transport(new MemoryTransport())
                .set("ferrule.port", "0")
                .set(BY_PATH + "limits.message", "10")
                .deploy()) {
            server.container().addEndpoint(Tuned.class);
            server.listen();
            Peer peer = Peer.connect(server.container(), server.uri().resolve("tuned/1"));
            peer.session.getAsyncRemote().sendText("x".repeat(11));
            assertThat(peer.endCode()).isEqualTo(1009);
        }
    }

    @Test
    void whereThereWereNoEndpointsOneComesAfterTheOther() throws Exception {
        try (FerruleServer server = FerruleServer.builder()
                .transport(new MemoryTransport())
                .set("ferrule.port", "0")
                .set(BY_PATH + "limits.message", "10")
                .deploy()) {
            server.begin();
            server.container().addEndpoint(Chat.class);
            server.listen();
            server.container().addEndpoint(Tuned.class);
            Peer peer = Peer.connect(server.container(), server.uri().resolve("tuned/1"));
            peer.session.getAsyncRemote().sendText("x".repeat(11));
            assertThat(peer.endCode()).isEqualTo(1009);
        }
    }

    /** A path from the settings. */
    @ServerEndpoint("${chat.path:/chat}/{room}")
    public static class Chat {
        @OnMessage
        public String on(String message, Session session) {
            return session.getPathParameters().get("room");
        }
    }

    @Test
    void aPathTakesItsExpressionsFromTheSettings() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(Chat.class))) {
            assertThat(stage.connect("chat/lobby").send("?").next()).isEqualTo("lobby");
        }
        try (Stage stage = Stage.with(builder -> builder.set("chat.path", "/talk/now")
                .set("ferrule.endpoint.\"/talk/now/{room}\".limits.message", "10")
                .endpoint(Chat.class))) {
            Peer peer = stage.connect("talk/now/lobby");
            assertThat(peer.send("?").next()).isEqualTo("lobby");
            peer.session.getAsyncRemote().sendText("x".repeat(11));
            assertThat(peer.endCode()).isEqualTo(1009);
            assertThatThrownBy(() -> stage.connect("chat/lobby")).hasMessageContaining("404");
        }
    }

    /** Answers with its path. */
    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    message -> session.getAsyncRemote().sendText(((ServerEndpointConfig) config).getPath()));
        }
    }

    @Test
    void soDoesAProgrammaticPath() throws Exception {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(Programmatic.class, "/${kind:public}/x")
                .build();
        try (Stage stage = Stage.with(builder -> builder.set("kind", "private").endpoint(config))) {
            assertThat(stage.connect("private/x").send("?").next()).isEqualTo("/private/x");
        }
    }

    /** A path that nobody knows. */
    @ServerEndpoint("${chat.root}/{room}")
    public static class Rootless {}

    @Test
    void aKeyWithoutValueStopsTheStart() {
        assertThatThrownBy(() -> Stage.of(Rootless.class, Chat.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(Rootless.class.getName(), "the key chat.root has no value");
    }

    @Test
    void oneClassAtTwoPathsIsToldApartByThePath() throws Exception {
        try (Stage stage =
                Stage.with(builder -> builder.endpoint(ServerEndpointConfig.Builder.create(Programmatic.class, "/a")
                                .build())
                        .endpoint(ServerEndpointConfig.Builder.create(Programmatic.class, "/b")
                                .build())
                        .set("ferrule.endpoint.\"" + Programmatic.class.getName() + "\".limits.message", "10")
                        .set("ferrule.endpoint.\"/b\".limits.message", "20"))) {
            assertThat(stage.connect("b").send("x".repeat(20)).next()).isEqualTo("/b");
            Peer a = stage.connect("a");
            a.session.getAsyncRemote().sendText("x".repeat(20));
            assertThat(a.endCode()).isEqualTo(1009);
        }
    }
}
