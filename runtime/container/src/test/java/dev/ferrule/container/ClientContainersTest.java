package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.client.ClientConnector;
import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.settings.Settings;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers that share threads and a transport, as those of {@code ContainerProvider} do. */
@Timeout(30)
class ClientContainersTest {
    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        String text(String text) {
            return text;
        }
    }

    @Test
    void whatTheProviderGivesIsAClient() {
        assertThat(ContainerProvider.getWebSocketContainer()).isInstanceOf(FerruleClient.class);
    }

    @Test
    void eachContainerEndsItsOwnConnectionsOnly() throws Exception {
        MemoryTransport network = new MemoryTransport();
        try (FerruleServer server = FerruleServer.builder()
                        .transport(network)
                        .endpoint(Echo.class)
                        .start();
                ContainerServices shared = new ContainerServices(
                        Settings.read(), ContainerServices.Hooks.plain(new ReflectiveInstances(), List.of()))) {
            ClientConnector connector =
                    new ClientConnector(shared, List.of(), ClientConnector.TransportLease.of(network));
            FerruleClient one = new FerruleClientContainer(shared, connector, () -> {});
            FerruleClient two = new FerruleClientContainer(shared, connector, () -> {});
            Peer ending = Peer.connect(one, server.uri().resolve("echo"));
            Peer staying = Peer.connect(two, server.uri().resolve("echo"));
            one.close();
            one.close();
            assertThat(ending.endCode()).isEqualTo(1001);
            assertThat(staying.send("still here").next()).isEqualTo("still here");
            assertThatThrownBy(() -> Peer.connect(one, server.uri().resolve("echo")))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("the container is closed");
            two.close();
            assertThat(staying.endCode()).isEqualTo(1001);
        }
    }
}
