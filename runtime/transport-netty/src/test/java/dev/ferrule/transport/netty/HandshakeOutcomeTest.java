package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.connect.HandshakeFailedException;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireHead;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends, what it believes, and how it says what went wrong (spec-obligations 12.3–12.9, V16, V18, V23, V26, F26). */
@Timeout(30)
class HandshakeOutcomeTest {
    @TempDir
    static Path directory;

    @RegisterExtension
    final WireClient wire = new WireClient();

    private WireHead answer(String text) {
        try (RawPeer server = wire.listener.accept()) {
            WireHead head = server.readHead();
            server.send(text);
            server.awaitEnd();
            return head;
        }
    }

    // What is sent

    @Test
    void theConfiguratorSeesEveryHeaderAndItsChangesAreSent() throws Exception {
        List<String> before = new ArrayList<>();
        wire.beforeRequest = headers -> {
            before.addAll(headers.keySet());
            headers.put("Authorization", WireClient.list("Bearer token"));
            headers.put("Origin", WireClient.list("https://app.example"));
            headers.put("Cookie", WireClient.list("a=1; b=2"));
            headers.put("X-Many", WireClient.list("one", "two"));
        };
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = wire.listener.accept()) {
            WireHead head = server.acceptUpgrade("X-Answer: 1", "X-Answer: 2");
            WireClient.session(attempt);
            assertThat(head.header("authorization")).isEqualTo("Bearer token");
            assertThat(head.header("origin")).isEqualTo("https://app.example");
            assertThat(head.header("cookie")).isEqualTo("a=1; b=2");
            assertThat(head.headers().get("x-many")).containsExactly("one", "two");
            assertThat(before).contains("Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version");
            assertThat(wire.answers).hasSize(1);
            assertThat(wire.answers.get(0).get("x-answer")).containsExactly("1", "2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'X-Bad','a\r\nInjected: b'",
        "'X-Bad','a\nb'",
        "'X-Bad','a\u0000b'",
        "'X-Bad','snow ☃'",
        "'X Bad','value'",
        "'X-Bad\r\nInjected','value'",
        "'X-Bad:','value'"
    })
    void aHeaderThatWouldBreakTheRequestIsRefusedBeforeAByteIsSent(String name, String value) throws Exception {
        wire.beforeRequest = headers -> headers.put(name, WireClient.list(value));
        assertThat(WireClient.failure(wire.connect("/")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("its request cannot be sent")
                .hasMessageContaining("X")
                .hasMessageNotContaining("\n");
        wire.beforeRequest = headers -> {};
        CompletableFuture<Session> good = wire.connect("/first");
        try (RawPeer server = wire.listener.accept()) {
            assertThat(server.acceptUpgrade().startLine()).isEqualTo("GET /first HTTP/1.1"); // nobody came before
            WireClient.session(good);
        }
    }

    @Test
    void aHeaderWithoutValuesIsRefused() throws Exception {
        wire.beforeRequest = headers -> headers.put("X-Null", null);
        assertThat(WireClient.failure(wire.connect("/")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("its request cannot be sent");
    }

    @Test
    void aConfiguratorThatThrowsFailsTheAttempt() throws Exception {
        wire.beforeRequest = headers -> {
            throw new IllegalStateException("not now");
        };
        assertThat(WireClient.failure(wire.connect("/")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not now");
        assertThat(wire.answers).isEmpty();
    }

    // What is believed

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade:",
                "Upgrade: h2c",
                "Connection:",
                "Connection: keep-alive",
                "Sec-WebSocket-Accept:",
                "Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: unasked",
                "Sec-WebSocket-Extensions: x-unasked",
                "Sec-WebSocket-Extensions: permessage-deflate; nonsense"
            })
    void anAcceptanceThatIsNoneIsNotBelieved(String wrong) throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade(wrong);
            assertThat(WireClient.failure(attempt))
                    .isInstanceOfSatisfying(
                            HandshakeFailedException.class,
                            failed -> assertThat(failed.status()).isEqualTo(101));
            server.awaitEnd();
        }
        assertThat(wire.answers).hasSize(1);
        assertThat(wire.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 403, 404, 426, 500, 503, 599})
    void anotherStatusIsToldWithItsHeaders(int status) throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/x");
        answer("HTTP/1.1 " + status + " What\r\nX-Why: because\r\nUpgrade: websocket\r\nRetry-After: 1\r\n\r\nbody");
        assertThat(WireClient.failure(attempt))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(wire.uri("/x").toString())
                .hasMessageContaining("(status " + status + ")")
                .isInstanceOfSatisfying(HandshakeFailedException.class, failed -> {
                    assertThat(failed.status()).isEqualTo(status);
                    assertThat(failed.headers().get("x-why")).containsExactly("because");
                    assertThat(failed.uri()).isEqualTo(wire.uri("/x"));
                    assertThat(failed.isFromProxy()).isFalse();
                });
        assertThat(wire.answers).hasSize(1);
        assertThat(wire.answers.get(0).get("X-Why")).containsExactly("because");
    }

    // Patience

    @Test
    void aServerThatIsNotAvailableIsAskedAgainWhenThatIsWanted() throws Exception {
        wire.with("ferrule.client.retry-after", "5s");
        CompletableFuture<Session> attempt = wire.connect("/");
        answer("HTTP/1.1 503 Later\r\nRetry-After: 0\r\n\r\n");
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade();
            WireClient.session(attempt);
        }
    }

    @Test
    void aDateCountsFromTheServersOwnClock() throws Exception {
        wire.with("ferrule.client.retry-after", "5s");
        CompletableFuture<Session> attempt = wire.connect("/");
        answer("HTTP/1.1 503 Later\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                + "Retry-After: Sun, 06 Nov 1994 08:49:38 GMT\r\n\r\n");
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade();
            WireClient.session(attempt);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "99999999999999999999", "soon", "-1", "Sun, 06 Nov 1994 08:49:38 GMT"})
    void aWaitThatIsTooLongOrUnreadableIsNotWaited(String wait) throws Exception {
        wire.with("ferrule.client.retry-after", "5s");
        CompletableFuture<Session> attempt = wire.connect("/");
        answer("HTTP/1.1 503 Later\r\nRetry-After: " + wait + "\r\n\r\n");
        assertThat(WireClient.failure(attempt)).hasMessageContaining("503");
    }

    @Test
    void waitsAreBoundedInAll() throws Exception {
        wire.with("ferrule.client.retry-after", "1500ms");
        CompletableFuture<Session> attempt = wire.connect("/");
        answer("HTTP/1.1 503 Later\r\nRetry-After: 1\r\n\r\n");
        answer("HTTP/1.1 503 Later\r\nRetry-After: 1\r\n\r\n");
        assertThat(WireClient.failure(attempt)).hasMessageContaining("503");
    }

    @Test
    void closingTheClientEndsAWait() throws Exception {
        wire.with("ferrule.client.retry-after", "1h");
        CompletableFuture<Session> attempt = wire.connect("/");
        answer("HTTP/1.1 503 Later\r\nRetry-After: 3000\r\n\r\n");
        wire.client.close();
        assertThat(WireClient.failure(attempt)).hasMessageContaining("the container is closed");
    }

    // The network

    @Test
    void aServerThatDoesNotAnswerIsLeftInTime() throws Exception {
        wire.with("ferrule.timeouts.handshake", "400ms");
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = wire.listener.accept()) {
            server.readHead();
            assertThat(WireClient.failure(attempt))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("within 400 ms (ferrule.timeouts.handshake)")
                    .hasCauseInstanceOf(SocketTimeoutException.class);
            server.awaitEnd();
        }
        assertThat(wire.answers).containsExactly(Map.of());
    }

    @Test
    void theTimeForTheHandshakeIsForAllItsRequests() throws Exception {
        wire.with("ferrule.timeouts.handshake", "600ms");
        CompletableFuture<Session> attempt = wire.connect("/a");
        answer("HTTP/1.1 302 Elsewhere\r\nLocation: /b\r\n\r\n");
        try (RawPeer server = wire.listener.accept()) {
            server.readHead();
            assertThat(WireClient.failure(attempt)).hasMessageContaining("ferrule.timeouts.handshake");
            server.awaitEnd();
        }
    }

    @Test
    void aServerThatNeverFinishesTlsIsLeftInTime() throws Exception {
        wire.with("ferrule.timeouts.tls", "300ms");
        CompletableFuture<Session> attempt = wire.connect(URI.create("wss://localhost:" + wire.listener.port()));
        try (RawPeer silent = wire.listener.accept()) {
            assertThat(WireClient.failure(attempt))
                    .hasMessageContaining("within 300 ms (ferrule.timeouts.tls): the TLS handshake did not end");
            silent.awaitEnd();
        }
    }

    @Test
    void aServerThatAcceptsNobodyIsLeftInTime() throws Exception {
        wire.with("ferrule.timeouts.connect", "300ms");
        try (ServerSocket full = new ServerSocket(0, 1)) {
            CompletableFuture<?>[] attempts = new CompletableFuture<?>[8];
            for (int i = 0;
                    i < attempts.length;
                    i++) { // some fill the queue, nobody accepts them; the others fail first
                attempts[i] = wire.connect(URI.create("ws://127.0.0.1:" + full.getLocalPort()));
            }
            assertThat(WireClient.failure(CompletableFuture.anyOf(attempts)))
                    .hasMessageContaining("(ferrule.timeouts.connect): the TCP connection was not established");
        }
    }

    @Test
    void aRefusedConnectionIsNamedAndItsCauseKept() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        URI uri = URI.create("ws://localhost:" + free + "/x");
        assertThat(WireClient.failure(wire.connect(uri)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Cannot connect to " + uri)
                .hasMessageContaining("connection refused")
                .hasCauseInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> wire.client.connectToServer(wire.new Seeing(), wire.config(), uri))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("connection refused");
        assertThat(wire.answers).containsExactly(Map.of(), Map.of());
    }

    @Test
    void anUnknownHostIsNamed() throws Exception {
        assertThat(WireClient.failure(wire.connect(URI.create("ws://no-such-host.invalid/"))))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("no-such-host.invalid")
                .hasCauseInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/", "ws:/path", "ws://localhost/#here", "relative", "ws://localhost:99999/"})
    void aUriThatLeadsNowhereIsNamed(String uri) throws Exception {
        assertThat(WireClient.failure(wire.connect(URI.create(uri))))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(uri.substring(0, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-OpenSSH_9\r\n\r\n", "HTTP/1.1 101 X\r\nA: b\nC: d\r\n\r\n", "\u0015\u0003\u0001\r\n\r\n"
            })
    void anAnswerThatIsNoHttpIsTold(String text) throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        answer(text);
        assertThat(WireClient.failure(attempt))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("its answer is not proper HTTP/1.1")
                .hasCauseInstanceOf(IOException.class);
        assertThat(wire.answers).containsExactly(Map.of());
    }

    // Certificates

    @ParameterizedTest
    @ValueSource(strings = {"dns:other.example,Localhost", "dns:*.localhost,localhost", "ip:127.0.0.2,127.0.0.1"})
    void aCertificateForAnotherNameIsNamed(String pair) throws Exception {
        String[] namesAndHost = pair.split(",");
        Certificates wrong = Certificates.of(directory, namesAndHost[0]);
        wire.tls = wrong.context();
        assertRefused(wrong, namesAndHost[1], "No ");
    }

    @ParameterizedTest
    @CsvSource({"-10d,it has expired", "+2d,it is not valid yet"})
    void aCertificateOutOfItsTimeIsNamed(String begin, String reason) throws Exception {
        Certificates wrong = Certificates.signed(directory, "dns:localhost", begin, 3);
        wire.tls = wrong.context();
        assertRefused(wrong, "localhost", reason);
    }

    @Test
    void aCertificateOfAStrangerIsNamed() throws Exception {
        wire.tls = Certificates.stranger();
        assertRefused(
                Certificates.of(directory, "dns:localhost"), "localhost", "unable to find valid certification path");
    }

    @Test
    void withoutAContextTheJvmDecidesWhomToTrust() throws Exception {
        assertRefused(
                Certificates.of(directory, "dns:localhost"), "localhost", "unable to find valid certification path");
    }

    private void assertRefused(Certificates shown, String host, String reason) throws Exception {
        try (RawPeer.Listener secure = RawPeer.Listener.open(shown.context())) {
            CompletableFuture<Session> attempt = wire.connect(URI.create("wss://" + host + ":" + secure.port() + "/"));
            assertThatThrownBy(secure::accept).hasCauseInstanceOf(IOException.class);
            assertThat(WireClient.failure(attempt))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("its certificate is not accepted: ")
                    .hasMessageContaining(reason)
                    .hasMessageContaining(host + ":" + secure.port());
        }
    }

    @ParameterizedTest
    @CsvSource({"dns:localhost,localhost", "'dns:other.example,dns:localhost',localhost", "ip:127.0.0.1,127.0.0.1"})
    void aCertificateThatIsRightIsAccepted(String names, String host) throws Exception {
        Certificates right = Certificates.signed(directory, names, "-1d", 3);
        wire.tls = right.context();
        try (RawPeer.Listener secure = RawPeer.Listener.open(right.context())) {
            CompletableFuture<Session> attempt = wire.connect(URI.create("wss://" + host + ":" + secure.port() + "/"));
            try (RawPeer server = secure.accept()) {
                server.acceptUpgrade();
                assertThat(WireClient.session(attempt).isSecure()).isTrue();
            }
        }
    }
}
