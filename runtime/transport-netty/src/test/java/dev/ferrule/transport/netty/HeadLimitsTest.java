package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import jakarta.websocket.server.ServerEndpoint;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a request may be is what the settings say. */
@Timeout(20)
class HeadLimitsTest {
    @ServerEndpoint("/quiet")
    public static class Quiet {}

    private static int status(String key, String value, String more) throws Exception {
        try (FerruleServer server = FerruleServer.builder()
                        .set("ferrule.port", "0")
                        .set(key, value)
                        .transport(new NettyTransport())
                        .endpoint(Quiet.class)
                        .start();
                RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort())) {
            peer.send(RawPeer.upgradeRequest("/quiet", "127.0.0.1", more.split(";")));
            return peer.readHead().status();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 431", "11, 101"})
    void soManyHeaders(String limit, int status) throws Exception {
        // beside Host, Upgrade, Connection, and the key and the version of WebSocket
        assertThat(status("ferrule.limits.headers", limit, "A: 1;B: 2;C: 3;D: 4;E: 5;F: 6"))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"1K, 431", "2K, 101", "2147483647, 101"})
    void soManyBytes(String limit, int status) throws Exception {
        assertThat(status("ferrule.limits.handshake-bytes", limit, "A: " + "a".repeat(1_000)))
                .isEqualTo(status);
    }
}
