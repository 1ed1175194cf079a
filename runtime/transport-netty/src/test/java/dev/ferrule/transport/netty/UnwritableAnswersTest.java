package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.spi.HandshakeVerdict;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.wirekit.RawPeer;
import jakarta.websocket.server.ServerEndpoint;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers with headers that cannot be written: somebody is told all the same. */
@Timeout(20)
class UnwritableAnswersTest {
    private static final String UNWRITABLE = "Basic realm=\"чат\"";

    @ServerEndpoint("/quiet")
    public static class Quiet {}

    private static int status(UnaryOperator<FerruleServer.Builder> more, String request) throws Exception {
        FerruleServer.Builder builder = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new NettyTransport())
                .endpoint(Quiet.class);
        try (FerruleServer server = more.apply(builder).start();
                RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort())) {
            peer.send(request);
            return peer.readHead().status();
        }
    }

    @Test
    void aRefusedHandshake() throws Exception {
        assertThat(status(
                        builder -> builder.guard(handshake -> HandshakeVerdict.unauthorized(List.of(UNWRITABLE))),
                        RawPeer.upgradeRequest("/quiet", "127.0.0.1")))
                .isEqualTo(500);
    }

    @Test
    void aPlainRequest() throws Exception {
        assertThat(status(
                        builder -> builder.fallback(request ->
                                PlainResponse.text(401, "no").with(Map.of("WWW-Authenticate", List.of(UNWRITABLE)))),
                        "GET /plain HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                .isEqualTo(500);
    }
}
