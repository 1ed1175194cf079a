package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.ServerBinding;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stopping while somebody connects: nobody is forgotten. */
@Timeout(30)
class StopTest {
    @ServerEndpoint("/stop")
    public static class Quiet {}

    private static final class Client extends Endpoint {
        final CompletableFuture<Integer> end = new CompletableFuture<>();

        @Override
        public void onOpen(Session session, EndpointConfig config) {}

        @Override
        public void onClose(Session session, CloseReason reason) {
            end.complete(reason.getCloseCode().getCode());
        }
    }

    @Tag("obligation-15.5")
    @RepeatedTest(50)
    void aPeerThatConnectsDuringTheStopIsRefusedOrClosedWith1001() throws Exception {
        MemoryTransport network = new MemoryTransport();
        FerruleServer clients = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(network)
                .start();
        FerruleServer server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(network.access())
                .endpoint(Quiet.class)
                .start();
        URI uri = server.uri().resolve("stop");
        Client client = new Client();
        CompletableFuture<Boolean> connected = CompletableFuture.supplyAsync(() -> connect(clients, client, uri));
        server.close();
        if (connected.get(10, TimeUnit.SECONDS)) {
            assertThat(client.end.get(5, TimeUnit.SECONDS)).isEqualTo(1001);
        }
        clients.close();
    }

    private static boolean connect(FerruleServer clients, Client client, URI uri) {
        try {
            clients.container()
                    .connectToServer(
                            client, ClientEndpointConfig.Builder.create().build(), uri);
            return true;
        } catch (DeploymentException refused) {
            return false;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Requests still arrive when nobody listens any more, as those do that were on their way. */
    private record Late(Transport network) implements Transport {
        @Override
        public String name() {
            return network.name();
        }

        @Override
        public ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException {
            ServerBinding bound = network.bind(request, handler);
            return new ServerBinding() {
                @Override
                public InetSocketAddress address() {
                    return bound.address();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void connect(ConnectRequest request, ConnectHandler handler) {
            network.connect(request, handler);
        }

        @Override
        public void close() {}
    }

    @Test
    void aRequestThatComesDuringTheStopIsRefusedWith503() throws Exception {
        MemoryTransport network = new MemoryTransport();
        FerruleServer server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new Late(network))
                .endpoint(Quiet.class)
                .start();
        URI uri = server.uri().resolve("stop");
        MemoryPeer silent = MemoryPeer.connect(network, uri, true);
        silent.send(WireFrames.client().ping());
        await().until(() -> silent.received().equals("8a00"));
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        await().until(() -> silent.received().startsWith("8a0088"));
        try (FerruleClient client = FerruleClient.builder().transport(network).build()) {
            assertThatThrownBy(() -> Peer.connect(client, uri))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("503");
            silent.cut();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @ServerEndpoint("/busy")
    public static class Busy {
        @OnMessage
        public void text(String text) {
            Stage.see(text);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                Stage.see("interrupted");
            }
        }
    }

    @Test
    void aCallbackThatDoesNotReturnHoldsUpTheStopForLittleMoreThanTheCloseTimeout() throws Exception {
        Duration closeTimeout = Duration.ofSeconds(4);
        Stage stage = Stage.with(
                builder -> builder.endpoint(Busy.class).set("ferrule.timeouts.close", closeTimeout.toMillis() + "ms"));
        stage.connect("busy").send("busy");
        assertThat(Stage.next()).isEqualTo("busy");
        assertTimeout(closeTimeout.multipliedBy(2), stage::close);
        assertThat(Stage.next()).isEqualTo("interrupted");
    }
}
