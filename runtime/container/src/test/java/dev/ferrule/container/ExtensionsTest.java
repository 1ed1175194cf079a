package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks for extensions, and what comes of it (WSC-3.2.2-1). */
@Timeout(20)
class ExtensionsTest {
    private FerruleServer server;

    /** Answers with what it sees, in a text that is long enough to be compressed. */
    @ServerEndpoint("/names")
    public static class Names {
        @OnMessage
        public String text(String text, Session session) {
            return names(session) + "x".repeat(1000);
        }
    }

    /** Sends the request's headers back, the handshake's own among them. */
    public static class Mirror extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            response.getHeaders().putAll(request.getHeaders());
        }
    }

    @ServerEndpoint(value = "/mirror", configurator = Mirror.class)
    public static class Mirrored extends Names {}

    /** Does without extensions. */
    public static class Plain extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            response.getHeaders().remove("Sec-WebSocket-Extensions");
        }
    }

    @ServerEndpoint(value = "/plain", configurator = Plain.class)
    public static class Uncompressed extends Names {}

    private static String names(Session session) {
        return session.getNegotiatedExtensions().stream()
                .map(Extension::getName)
                .toList()
                .toString();
    }

    private void start(String offer) throws Exception {
        server = FerruleServer.builder()
                .transport(new MemoryTransport())
                .set("ferrule.port", "0")
                .set("ferrule.compression.offer", offer)
                .endpoint(Names.class)
                .endpoint(Mirrored.class)
                .endpoint(Uncompressed.class)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Peer connect(String path, List<Extension> extensions) throws Exception {
        ClientEndpointConfig config =
                ClientEndpointConfig.Builder.create().extensions(extensions).build();
        return Peer.connect(server.container(), server.uri().resolve(path), config);
    }

    private void assertNegotiated(Peer peer, String names) throws Exception {
        assertThat(names(peer.session)).isEqualTo(names);
        assertThat(peer.send("?".repeat(1000)).next()).isEqualTo(names + "x".repeat(1000));
    }

    @Test
    @Tag("obligation-12.5")
    void aClientOffersNothingThatItsConfigurationDoesNotList() throws Exception {
        start("false");
        assertNegotiated(connect("names", List.of()), "[]");
    }

    @Test
    void aClientOffersTheInstalledExtensionsThatItsConfigurationLists() throws Exception {
        start("false");
        List<Extension> installed = List.copyOf(server.container().getInstalledExtensions());
        assertNegotiated(connect("names", installed), "[permessage-deflate]");
    }

    @Test
    void aSettingMakesEveryClientOfferCompression() throws Exception {
        start("true");
        assertNegotiated(connect("names", List.of()), "[permessage-deflate]");
    }

    @Test
    void headersOfTheRequestThatAConfiguratorSendsBackDoNotReplaceTheProtocols() throws Exception {
        start("true");
        assertNegotiated(connect("mirror", List.of()), "[permessage-deflate]");
    }

    @Test
    @Tag("obligation-8.6")
    void aConfiguratorThatRemovesTheExtensionsGetsNone() throws Exception {
        start("true");
        assertNegotiated(connect("plain", List.of()), "[]");
    }
}
