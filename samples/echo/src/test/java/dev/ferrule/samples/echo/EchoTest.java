package dev.ferrule.samples.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server for machines, started as its command line promises, with the JDK's client as the peer. */
@Timeout(60)
class EchoTest {
    /** Both ways to run it: as beans, and as plain objects. */
    private static final String CDI = "";

    private static final String NO_CDI = "--no-cdi";

    @ParameterizedTest
    @ValueSource(strings = {CDI, NO_CDI})
    void textsAndBytesComeBackWhole(String mode) throws Exception {
        try (EchoProcess server = EchoProcess.start("--port", "0", mode)) {
            Peer peer = Peer.connect(server.ready().resolve("echo"));
            String text = "ä€😀".repeat(50_000);
            peer.socket.sendText(text.substring(0, 2), false).join();
            peer.socket.sendText(text.substring(2), true).join();
            assertThat(peer.next()).isEqualTo(text);
            peer.socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
            assertThat(peer.next()).isEqualTo("3 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CDI, NO_CDI})
    void theFirstCommonSubprotocolIsSpoken(String mode) throws Exception {
        try (EchoProcess server = EchoProcess.start("--port", "0", "--subprotocols", "b,a", mode)) {
            Peer peer = Peer.connect(server.ready().resolve("echo"), "x", "a");
            assertThat(peer.socket.getSubprotocol()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CDI, NO_CDI})
    void aBroadcastReachesEverybody(String mode) throws Exception {
        try (EchoProcess server = EchoProcess.start("--port", "0", mode)) {
            URI uri = server.ready().resolve("broadcast");
            Peer first = Peer.connect(uri);
            Peer second = Peer.connect(uri);
            // The second one is registered when its own text has come back.
            second.socket.sendText("here", true).join();
            assertThat(second.next()).isEqualTo("here");
            assertThat(first.next()).isEqualTo("here");
            first.socket.sendText("all", true).join();
            assertThat(first.next()).isEqualTo("all");
            assertThat(second.next()).isEqualTo("all");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CDI, NO_CDI})
    void aMessageBeyondTheLimitEndsItsConnectionOnly(String mode) throws Exception {
        try (EchoProcess server = EchoProcess.start("--port", "0", "--max-message", "1000", "--deflate", "off", mode)) {
            URI uri = server.ready().resolve("echo");
            Peer modest = Peer.connect(uri);
            Peer greedy = Peer.connect(uri);
            greedy.socket.sendText("x".repeat(1001), true).join();
            assertThat(greedy.next()).isEqualTo("closed 1009");
            modest.socket.sendText("x".repeat(1000), true).join();
            assertThat(modest.next()).hasSize(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CDI, NO_CDI})
    void sigtermClosesSessionsWith1001AndPrintsNothingMore(String mode) throws Exception {
        try (EchoProcess server = EchoProcess.start("--port", "0", mode)) {
            Peer peer = Peer.connect(server.ready().resolve("echo"));
            peer.socket.sendText("here", true).join();
            assertThat(peer.next()).isEqualTo("here");
            server.terminate();
            assertThat(peer.next()).isEqualTo("closed 1001");
            assertThat(server.exitCode()).isIn(0, 143);
            assertThat(server.output()).isEmpty();
            assertThat(server.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CDI, NO_CDI})
    void aPortInUseIsOneSentenceWithKeyAndValue(String mode) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(failure("--port", port, mode)).contains("ferrule.port=" + port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CDI, NO_CDI})
    void wrongSettingsAreOneSentenceWithKeyAndValue(String mode) throws Exception {
        assertThat(failure("--port", "many", mode)).contains("ferrule.port is 'many'");
        assertThat(failure("--tls", "no-such-file", "x", "--port", "0", mode))
                .contains("ferrule.tls.keystore is 'no-such-file'");
    }

    @Test
    void aKeyStoreThatIsNoneIsNamed(@TempDir Path folder) throws Exception {
        Path broken = java.nio.file.Files.writeString(folder.resolve("broken.p12"), "nothing");
        assertThat(failure("--tls", broken.toString(), "secret", "--port", "0", NO_CDI))
                .contains(broken.toString())
                .doesNotContain("secret");
    }

    @Test
    void wrongArgumentsAreNamed() throws Exception {
        assertThat(failure("--deflate", "maybe")).contains("--deflate is 'maybe'");
        assertThat(failure("--subprotocols", "a,,b")).contains("--subprotocols is 'a,,b'");
        assertThat(failure("--loud")).contains("'--loud'").contains("--no-cdi");
        assertThat(failure("--port")).contains("--port");
    }

    private static String failure(String... arguments) throws IOException, InterruptedException {
        try (EchoProcess server = EchoProcess.start(arguments)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).isEmpty();
            assertThat(server.errors()).hasLineCount(1);
            return server.errors();
        }
    }

    /** The JDK's client, its events as texts in a queue. */
    private static final class Peer implements WebSocket.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private int bytes;
        private WebSocket socket;

        static Peer connect(URI uri, String... subprotocols) throws Exception {
            Peer peer = new Peer();
            WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
            if (subprotocols.length > 0) {
                builder.subprotocols(
                        subprotocols[0], java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
            }
            peer.socket = builder.buildAsync(uri, peer).get(20, TimeUnit.SECONDS);
            return peer;
        }

        String next() throws InterruptedException {
            return events.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            bytes += data.remaining();
            if (last) {
                events.add(bytes + " bytes");
                bytes = 0;
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            events.add("closed " + code);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            events.add("failed: " + error);
        }
    }
}
