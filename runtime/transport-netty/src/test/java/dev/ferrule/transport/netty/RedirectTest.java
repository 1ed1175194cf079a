package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.connect.ClientProperties;
import dev.ferrule.container.connect.Credentials;
import dev.ferrule.container.connect.HandshakeFailedException;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireHead;
import jakarta.websocket.Session;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects of the opening handshake: followed, but never with a secret to somebody else (spec-obligations 12.14, V22). */
@Timeout(30)
class RedirectTest {
    @RegisterExtension
    final WireClient wire = new WireClient();

    private static String redirect(int status, Object location) {
        return "HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + location + "\r\nContent-Length: 5\r\n\r\nthere";
    }

    /** Answers the next connection with the text and returns what it asked. */
    private static WireHead answer(RawPeer.Listener listener, String text) {
        try (RawPeer server = listener.accept()) {
            WireHead head = server.readHead();
            server.send(text);
            server.awaitEnd();
            return head;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void everyRedirectIsFollowedAndTheSessionTellsWhereItLed(int status) throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/old");
        WireHead first =
                answer(wire.listener, redirect(status, "http://localhost:" + wire.listener.port() + "/new?x=1"));
        try (RawPeer server = wire.listener.accept()) {
            WireHead second = server.acceptUpgrade();
            assertThat(second.startLine()).isEqualTo("GET /new?x=1 HTTP/1.1");
            assertThat(second.header("sec-websocket-key")).isNotEqualTo(first.header("sec-websocket-key"));
            assertThat(WireClient.session(attempt).getRequestURI()).isEqualTo(wire.uri("/new?x=1"));
            assertThat(wire.answers).hasSize(2);
            assertThat(wire.answers.get(0)).containsKey("Location");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/b,/b",
        "b,/dir/b",
        "../b,/b",
        "?q=2,/dir/a?q=2",
        "/b#part,/b",
        "//localhost:PORT/b,/b",
        "ws://localhost:PORT/b,/b",
        "http://LOCALHOST:PORT,/"
    })
    void aLocationIsReadRelativeToTheRequest(String location, String expected) throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/dir/a");
        answer(wire.listener, redirect(302, location.replace("PORT", "" + wire.listener.port())));
        try (RawPeer server = wire.listener.accept()) {
            assertThat(server.acceptUpgrade().startLine()).isEqualTo("GET " + expected + " HTTP/1.1");
            WireClient.session(attempt);
        }
    }

    @Test
    void toTheSameOriginEverythingIsSentAgain() throws Exception {
        wire.properties.put(
                ClientProperties.CREDENTIALS, Credentials.of("me", "secret").preemptively());
        wire.beforeRequest = headers -> {
            headers.put("Cookie", WireClient.list("id=1"));
            headers.put("X-Api-Key", WireClient.list("k"));
        };
        CompletableFuture<Session> attempt = wire.connect("/a");
        answer(wire.listener, redirect(307, "/b"));
        try (RawPeer server = wire.listener.accept()) {
            WireHead head = server.acceptUpgrade();
            assertThat(head.header("authorization")).startsWith("Basic ");
            assertThat(head.header("cookie")).isEqualTo("id=1");
            assertThat(head.header("x-api-key")).isEqualTo("k");
            WireClient.session(attempt);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void noSecretCrossesAnOriginAndNoneIsSentOnTheWayBack(String host) throws Exception {
        wire.properties.put(
                ClientProperties.CREDENTIALS, Credentials.of("me", "secret").preemptively());
        wire.beforeRequest = headers -> {
            headers.put("Cookie", WireClient.list("id=1"));
            headers.put("X-Api-Key", WireClient.list("k"));
            headers.put("Origin", WireClient.list("https://app.example"));
        };
        try (RawPeer.Listener other = RawPeer.Listener.open()) {
            CompletableFuture<Session> attempt = wire.connect("/a");
            WireHead home = answer(wire.listener, redirect(302, "ws://" + host + ":" + other.port() + "/b"));
            assertThat(home.header("authorization")).isNotNull();
            WireHead abroad = answer(other, redirect(302, wire.uri("/c")));
            assertStripped(abroad);
            assertThat(abroad.header("host")).isEqualTo(host + ":" + other.port());
            assertThat(abroad.header("origin")).isEqualTo("https://app.example");
            try (RawPeer server = wire.listener.accept()) {
                assertStripped(server.acceptUpgrade());
                WireClient.session(attempt);
            }
        }
    }

    private static void assertStripped(WireHead head) {
        assertThat(head.header("authorization")).isNull();
        assertThat(head.header("cookie")).isNull();
        assertThat(head.header("x-api-key")).isNull();
        assertThat(head.header("sec-websocket-key")).isNotNull();
    }

    @Test
    void credentialsAreNotGivenToAnotherOriginThatAsksForThem() throws Exception {
        wire.properties.put(ClientProperties.CREDENTIALS, Credentials.of("me", "secret"));
        try (RawPeer.Listener other = RawPeer.Listener.open()) {
            CompletableFuture<Session> attempt = wire.connect("/a");
            answer(wire.listener, redirect(302, "ws://localhost:" + other.port() + "/b"));
            answer(other, "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n");
            assertThat(WireClient.failure(attempt)).hasMessageContaining("is not the origin that they are for");
        }
    }

    @Test
    void aRedirectNeverGivesUpTls(@TempDir Path directory) throws Exception {
        SSLContext context =
                Certificates.of(directory, "dns:localhost,ip:127.0.0.1").context();
        wire.tls = context;
        try (RawPeer.Listener secure = RawPeer.Listener.open(context)) {
            CompletableFuture<Session> attempt = wire.connect(URI.create("wss://localhost:" + secure.port() + "/"));
            answer(secure, redirect(302, wire.uri("/plain")));
            assertThat(WireClient.failure(attempt))
                    .isInstanceOf(HandshakeFailedException.class)
                    .hasMessageContaining("would give up TLS");
        }
    }

    @Test
    void aRedirectMayLeadToTls(@TempDir Path directory) throws Exception {
        SSLContext context =
                Certificates.of(directory, "dns:localhost,ip:127.0.0.1").context();
        wire.tls = context;
        try (RawPeer.Listener secure = RawPeer.Listener.open(context)) {
            CompletableFuture<Session> attempt = wire.connect("/");
            answer(wire.listener, redirect(301, "https://localhost:" + secure.port() + "/s"));
            try (RawPeer server = secure.accept()) {
                server.acceptUpgrade();
                assertThat(WireClient.session(attempt).isSecure()).isTrue();
            }
        }
    }

    @Test
    void aCircleEnds() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/a");
        answer(wire.listener, redirect(302, "/b"));
        answer(wire.listener, redirect(302, "/a"));
        assertThat(WireClient.failure(attempt))
                .isInstanceOf(HandshakeFailedException.class)
                .hasMessageContaining("leads in a circle");
    }

    @Test
    void redirectsWithoutEndEnd() throws Exception {
        wire.with("ferrule.client.redirects", "2");
        CompletableFuture<Session> attempt = wire.connect("/0");
        for (int i = 1; i <= 3; i++) {
            answer(wire.listener, redirect(302, "/" + i));
        }
        assertThat(WireClient.failure(attempt))
                .hasMessageContaining("there are more than 2 redirects (ferrule.client.redirects)")
                .isInstanceOfSatisfying(HandshakeFailedException.class, failed -> {
                    assertThat(failed.status()).isEqualTo(302);
                    assertThat(failed.uri()).isEqualTo(wire.uri("/2"));
                });
    }

    @Test
    void zeroFollowsNone() throws Exception {
        wire.with("ferrule.client.redirects", "0");
        CompletableFuture<Session> attempt = wire.connect("/");
        answer(wire.listener, redirect(302, "/b"));
        assertThat(WireClient.failure(attempt)).isInstanceOfSatisfying(HandshakeFailedException.class, failed -> {
            assertThat(failed.status()).isEqualTo(302);
            assertThat(failed.headers().get("location")).containsExactly("/b");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Location: ftp://localhost/",
                "Location: http://user:word@localhost/",
                "Location: http://a b/",
                "Location: mailto:me",
                "Location:",
                "Location: /a\r\nLocation: /b",
                "X: y"
            })
    void aLocationThatCannotBeFollowedFailsTheHandshake(String field) throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        answer(wire.listener, "HTTP/1.1 302 Elsewhere\r\n" + field + "\r\n\r\n");
        assertThat(WireClient.failure(attempt))
                .isInstanceOf(HandshakeFailedException.class)
                .hasMessageContaining("(status 302)")
                .hasMessageNotContaining("word");
    }
}
