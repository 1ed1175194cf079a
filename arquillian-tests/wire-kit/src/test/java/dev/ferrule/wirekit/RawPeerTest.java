package dev.ferrule.wirekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RawPeerTest {
    @Test
    void twoPeersShakeHandsAndExchangeFrames() {
        try (RawPeer.Listener listener = RawPeer.Listener.open();
                RawPeer client = RawPeer.connect("127.0.0.1", listener.port());
                RawPeer server = listener.accept()) {
            CompletableFuture<WireHead> request = CompletableFuture.supplyAsync(server::acceptUpgrade);
            WireHead response = client.upgrade("/chat", "Origin: http://example.org");

            assertThat(response.status()).isEqualTo(101);
            assertThat(response.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(request.join().startLine()).isEqualTo("GET /chat HTTP/1.1");
            assertThat(request.join().header("origin")).isEqualTo("http://example.org");

            client.send(
                    WireFrames.client().text("x".repeat(70_000)),
                    WireFrames.client().close(1001, "gone"));
            WireFrame text = server.readFrame();
            assertThat(text.text()).hasSize(70_000).matches("x*");
            assertThat(text.masked()).isTrue();
            WireFrame close = server.readFrame();
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("gone");
        }
    }

    @Test
    void aFieldOfTheHandshakeCanBeReplacedOrLeftOut() {
        String request = RawPeer.upgradeRequest("/", "h", "Sec-WebSocket-Version: 8", "Upgrade:", "X: y");
        assertThat(request)
                .contains("Sec-WebSocket-Version: 8\r\n", "X: y\r\n")
                .doesNotContain("Upgrade: ", "Version: 13")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aFrameThatDoesNotComeFailsWithWhatHadCome() {
        try (RawPeer.Listener listener = RawPeer.Listener.open();
                RawPeer client = RawPeer.connect("127.0.0.1", listener.port()).deadline(Duration.ofMillis(50));
                RawPeer server = listener.accept()) {
            server.send(new byte[] {(byte) 0x81, 5, 'H'});
            assertThatThrownBy(client::readFrame)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a frame did not come within 50 ms")
                    .hasMessageContaining("3 bytes came, 81 05 48");
        }
    }

    @Test
    void anOrderlyEndAndAResetAreToldApart() {
        try (RawPeer.Listener listener = RawPeer.Listener.open()) {
            try (RawPeer client = RawPeer.connect("127.0.0.1", listener.port());
                    RawPeer server = listener.accept()) {
                server.send("ab");
                server.endOutput();
                assertThat(client.awaitEof()).containsExactly('a', 'b');
            }
            try (RawPeer client = RawPeer.connect("127.0.0.1", listener.port());
                    RawPeer server = listener.accept()) {
                server.reset();
                assertThat(client.awaitEnd()).isTrue();
            }
        }
    }
}
