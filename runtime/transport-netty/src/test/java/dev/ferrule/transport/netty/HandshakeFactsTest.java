package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.server.UpgradeRequest;
import dev.ferrule.wirekit.RawPeer;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a configurator learns of a real connection. */
@Timeout(20)
class HandshakeFactsTest {
    private static volatile BlockingQueue<UpgradeRequest> requests = new LinkedBlockingQueue<>();

    public static class Keeping extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            requests.add((UpgradeRequest) request);
        }
    }

    private static volatile BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();

    @ServerEndpoint(value = "/kept", configurator = Keeping.class)
    public static class Kept {
        @OnOpen
        public void open(Session session) {
            sessions.add(session);
        }
    }

    @Test
    @Tag("obligation-8.9")
    @Tag("obligation-8.11")
    @Tag("obligation-8.12")
    @Tag("obligation-8.13")
    void addressesPortsAndLocaleAreThoseOfTheConnection() throws Exception {
        try (FerruleServer server = server()) {
            int port = server.uri().getPort();
            try (RawPeer peer = RawPeer.connect("127.0.0.1", port)) {
                assertThat(peer.upgrade("/kept?q", "Accept-Language: nb-NO").status())
                        .isEqualTo(101);
                UpgradeRequest request = requests.poll(5, TimeUnit.SECONDS);
                assertThat(request.getLocalPort()).isEqualTo(port);
                assertThat(request.getRemotePort()).isEqualTo(peer.localPort());
                assertThat(request.getLocalAddress()).isEqualTo("127.0.0.1");
                assertThat(request.getRemoteAddress()).isEqualTo("127.0.0.1");
                assertThat(request.getLocalHostName()).isNotEmpty();
                assertThat(request.getRemoteHostName()).isNotEmpty();
                assertThat(request.getPreferredLocale().toLanguageTag()).isEqualTo("nb-NO");
                assertThat(request.getUserX509CertificateChain()).isNull();
                assertThat(request.getRequestURI().getScheme()).isEqualTo("ws");
                assertThat(request.getQueryString()).isEqualTo("q");
            }
        }
    }

    @Test
    void aQueryAsBrowsersSendItIsNoReasonToRefuse() throws Exception {
        try (FerruleServer server = server();
                RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort())) {
            assertThat(peer.upgrade("/kept?filter={a|b}&share=50%").status()).isEqualTo(101);
            UpgradeRequest request = requests.poll(5, TimeUnit.SECONDS);
            assertThat(request.getRequestURI().getRawQuery()).isEqualTo("filter=%7Ba%7Cb%7D&share=50%25");
            assertThat(request.getParameterMap())
                    .containsEntry("filter", List.of("{a|b}"))
                    .containsEntry("share", List.of("50%"));
            Session session = sessions.poll(5, TimeUnit.SECONDS);
            assertThat(session.getRequestURI()).isEqualTo(request.getRequestURI());
            assertThat(session.getQueryString()).isEqualTo("filter=%7Ba%7Cb%7D&share=50%25");
        }
    }

    @Test
    void aHostThatIsNoneIsABadRequest() throws Exception {
        try (FerruleServer server = server();
                RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort())) {
            assertThat(peer.upgrade("/kept", "Host: a/b").status()).isEqualTo(400);
        }
    }

    private static FerruleServer server() throws DeploymentException, IOException {
        requests = new LinkedBlockingQueue<>();
        sessions = new LinkedBlockingQueue<>();
        return FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new NettyTransport())
                .endpoint(Kept.class)
                .start();
    }
}
