package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
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
                .transport(new Shared(network))
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
        } catch (java.io.IOException broken) {
            throw new IllegalStateException(broken);
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
