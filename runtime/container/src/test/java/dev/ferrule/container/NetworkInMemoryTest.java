package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is on the network in memory, and until when. */
@Timeout(20)
class NetworkInMemoryTest {
    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        public String text(String text) {
            return text;
        }
    }

    @Test
    void aClientWithAccessLeavesTheNetworkToOthersWhenItEnds() throws Exception {
        try (Stage stage = Stage.of(Echo.class)) {
            try (FerruleClient client =
                    FerruleClient.builder().transport(stage.network.access()).build()) {
                assertThat(Peer.connect(client, stage.at("echo")).send("x").next())
                        .isEqualTo("x");
            }
            assertThat(stage.connect("echo").send("y").next()).isEqualTo("y");
        }
    }

    @Test
    void aNetworkThatHasEndedConnectsNobody() {
        MemoryTransport network = new MemoryTransport();
        try (FerruleClient client =
                FerruleClient.builder().transport(network.access()).build()) {
            network.close();
            assertThatThrownBy(() -> client.connectToServer(
                            new Peer(), ClientEndpointConfig.Builder.create().build(), URI.create("ws://localhost:1/")))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("The network in memory is closed");
        }
    }
}
