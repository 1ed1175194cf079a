package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.ServerBinding;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.Transport;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Extension;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client asks its transport for, and where clients find their container (§3.2, §6.1). */
@Timeout(20)
class ClientRequestTest {
    @ServerEndpoint("/server")
    public static class Server {
        @OnMessage
        public String text(String text) {
            return text;
        }
    }

    /** Keeps every request before it goes over the network in memory. */
    private static final class Recording implements Transport {
        private final Transport network = new MemoryTransport();
        private final BlockingQueue<ConnectRequest> requests = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException {
            return network.bind(request, handler);
        }

        @Override
        public void connect(ConnectRequest request, ConnectHandler handler) {
            requests.add(request);
            network.connect(request, handler);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private final Recording transport = new Recording();
    private FerruleServer server;

    @BeforeEach
    void start() throws Exception {
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(transport)
                .endpoint(Server.class)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Extension extension(String name, Extension.Parameter... parameters) {
        return new HandshakeRulesTest.Named(name, List.of(parameters));
    }

    @Test
    @Tag("obligation-12.5")
    void subprotocolsAndExtensionsGoOutInTheirOrderWithParameters() throws Exception {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of("z", "a", "m"))
                .extensions(List.of(
                        extension(
                                "y",
                                new HandshakeRulesTest.Pair("one", "1"),
                                new HandshakeRulesTest.Pair("flag", null)),
                        extension("b")))
                .build();
        Peer.connect(server.container(), server.uri().resolve("server"), config);
        var head = transport.requests.take().head();
        assertThat(head.header("Sec-WebSocket-Protocol")).isEqualTo("z, a, m");
        assertThat(head.header("Sec-WebSocket-Extensions").replace(" ", "")).isEqualTo("y;one=1;flag,b");
    }

    private URI secure() {
        return URI.create(server.uri().resolve("server").toString().replace("ws:", "wss:"));
    }

    @Test
    @Tag("obligation-12.8")
    void theContextOfTheConfigurationMakesASecureConnection() throws Exception {
        SSLContext own = SSLContext.getInstance("TLS");
        own.init(null, null, null);
        ClientEndpointConfig config =
                ClientEndpointConfig.Builder.create().sslContext(own).build();
        Session session = Peer.connect(server.container(), secure(), config).session;
        assertThat(transport.requests.take().tls()).isSameAs(own);
        assertThat(session.isSecure()).isTrue();
    }

    @Test
    @Tag("obligation-12.8")
    void withoutAContextItIsTheJvms() throws Exception {
        Peer.connect(server.container(), secure());
        assertThat(transport.requests.take().tls()).isSameAs(SSLContext.getDefault());
    }

    @Test
    @Tag("obligation-12.8")
    void whatIsNotSecureNeedsNoContext() throws Exception {
        Peer.connect(server.container(), server.uri().resolve("server"));
        assertThat(transport.requests.take().tls()).isNull();
    }

    /** An application's own provider. */
    public static final class OwnProvider extends ContainerProvider {
        @Override
        protected WebSocketContainer getContainer() {
            return null;
        }
    }

    /** Shows one file as the only service file for providers. */
    private static final class Application extends ClassLoader {
        private final URL services;

        Application(URL services) {
            super(ClientRequestTest.class.getClassLoader());
            this.services = services;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.endsWith(ContainerProvider.class.getName())
                    ? Collections.enumeration(List.of(services))
                    : super.getResources(name);
        }
    }

    @Test
    @Tag("obligation-12.10")
    void anApplicationsOwnProviderIsFoundByTheThreadsClassLoader(@TempDir Path folder) throws Exception {
        Path services = Files.writeString(folder.resolve("services"), OwnProvider.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        assertThat(ContainerProvider.getWebSocketContainer()).isInstanceOf(FerruleClientContainer.class);
        thread.setContextClassLoader(new Application(services.toUri().toURL()));
        try {
            assertThat(ContainerProvider.getWebSocketContainer())
                    .as("of the own provider")
                    .isNull();
        } catch (RuntimeException nullIsNoContainer) {
            assertThat(nullIsNoContainer).hasMessageContaining("implementation");
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(ContainerProvider.getWebSocketContainer()).isInstanceOf(FerruleClientContainer.class);
    }
}
