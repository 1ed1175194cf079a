package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which map of user properties is whose (§2.1.2, §3.1.5). */
@Timeout(20)
class UserPropertiesTest {
    public static class Opening extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            Stage.see(config);
            Stage.see(session);
        }
    }

    public static class Marking extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Stage.see(config);
            config.getUserProperties().put("handshake", request.getQueryString());
            config.getUserProperties().remove("removed");
        }
    }

    public static class Reading implements Decoder.Text<StringBuilder> {
        @Override
        public void init(EndpointConfig config) {
            Stage.see(config.getUserProperties().get("handshake"));
        }

        @Override
        public StringBuilder decode(String text) {
            return new StringBuilder(text);
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    private final ServerEndpointConfig shared = ServerEndpointConfig.Builder.create(Opening.class, "/shared")
            .configurator(new Marking())
            .decoders(List.of(Reading.class))
            .build();
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        shared.getUserProperties().put("shared", "value");
        shared.getUserProperties().put("removed", "value");
        stage = Stage.with(builder -> builder.endpoint(shared));
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    @Tag("obligation-2.1")
    void theMapOfAConfigurationIsItsOwnAndModifiable() {
        ServerEndpointConfig other =
                ServerEndpointConfig.Builder.create(Opening.class, "/other").build();
        other.getUserProperties().put("only", "here");
        assertThat(other.getUserProperties()).containsOnlyKeys("only");
        assertThat(shared.getUserProperties()).containsOnlyKeys("shared", "removed");
    }

    @Test
    @Tag("obligation-2.2")
    void aHandshakeWorksOnItsOwnCopy() throws Exception {
        stage.connect("shared?one");
        EndpointConfig seen = (EndpointConfig) Stage.next();
        assertThat(seen.getUserProperties()).isNotSameAs(shared.getUserProperties());
        assertThat(shared.getUserProperties()).containsOnlyKeys("shared", "removed");
        assertThat(seen.getUserProperties()).containsEntry("shared", "value");
    }

    @Test
    @Tag("obligation-2.3")
    @Tag("obligation-2.5")
    void whatTheHandshakeLeavesIsWhatCodersCallbacksAndSessionFind() throws Exception {
        stage.connect("shared?one");
        Stage.next();
        Map<String, Object> expected = Map.of("shared", "value", "handshake", "one");
        assertThat(Stage.next()).as("the decoder's").isEqualTo("one");
        assertThat(((EndpointConfig) Stage.next()).getUserProperties()).isEqualTo(expected);
        assertThat(((Session) Stage.next()).getUserProperties()).isEqualTo(expected);
    }

    @Test
    @Tag("obligation-2.3")
    void noConnectionSeesWhatAnotherLeft() throws Exception {
        Session first = session("shared?one");
        first.getUserProperties().put("own", "value");
        Session second = session("shared?two");
        assertThat(second.getUserProperties()).isEqualTo(Map.of("shared", "value", "handshake", "two"));
        assertThat(first.getUserProperties()).containsEntry("handshake", "one");
    }

    private Session session(String path) throws Exception {
        stage.connect(path);
        for (Object seen = Stage.next(); ; seen = Stage.next()) {
            if (seen instanceof Session session) {
                return session;
            }
        }
    }

    @Test
    @Tag("obligation-2.4")
    void aClientsSessionBeginsWithACopyThatIsItsOwnFromThenOn() throws Exception {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
        Object value = new Object();
        config.getUserProperties().put("key", value);
        Session session = stage.connect("shared?one", config).session;
        assertThat(session.getUserProperties()).isNotSameAs(config.getUserProperties());
        assertThat(session.getUserProperties().get("key")).isSameAs(value);
        session.getUserProperties().put("session", "only");
        config.getUserProperties().put("configuration", "only");
        assertThat(session.getUserProperties()).containsOnlyKeys("key", "session");
        assertThat(config.getUserProperties()).containsOnlyKeys("key", "configuration");
    }

    @Test
    @Tag("obligation-2.5")
    void aClientsOpenFindsTheConfigurationsPropertiesInBoth() throws Exception {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
        config.getUserProperties().put("key", "value");
        stage.server.container().connectToServer(Opening.class, config, stage.at("shared?one"));
        for (Object seen = Stage.next(); ; seen = Stage.next()) {
            if (seen instanceof ClientEndpointConfig shown) {
                assertThat(shown.getUserProperties()).containsEntry("key", "value");
                break;
            }
        }
    }
}
