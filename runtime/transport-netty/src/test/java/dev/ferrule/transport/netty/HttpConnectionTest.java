package dev.ferrule.transport.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.PlainExchange;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.ServerBinding;
import dev.ferrule.engine.handshake.ResponseHead;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireHead;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does with HTTP, good and bad. */
class HttpConnectionTest {
    @RegisterExtension
    static final Fixture fixture = new Fixture();

    private final Recorder listener = new Recorder();
    private final Server server = new Server(listener);

    @Test
    void plainRequestsAreAnsweredOverOneConnection() {
        try (RawPeer peer = connected()) {
            peer.send(get("/one?x=1"));
            WireHead first = peer.readHead();
            assertThat(first.startLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(first.header("Content-Length")).isEqualTo("8");
            assertThat(first.header("Date")).matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT");
            assertThat(first.header("Connection")).isNull();
            assertThat(text(peer.read(8))).isEqualTo("/one?x=1");
            assertThat(exchange(peer, get("/two"))).isEqualTo("/two");
            assertThat(server.requests.get(0).header("host")).isEqualTo("h");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        try (RawPeer peer = connected()) {
            peer.send(get("/1") + get("/2") + get("/3") + RawPeer.upgradeRequest("/ws", "h") + "bytes");
            for (String path : List.of("/1", "/2", "/3")) {
                peer.readHead();
                assertThat(text(peer.read(2))).isEqualTo(path);
            }
            assertThat(peer.readHead().status()).isEqualTo(101);
            assertThat(text(peer.read(5))).isEqualTo("bytes");
        }
    }

    @Test
    void aThousandPipelinedRequestsNeedNoDeepStack() {
        try (RawPeer peer = connected()) {
            peer.send(get("/n").repeat(1000));
            for (int i = 0; i < 1000; i++) {
                peer.readHead();
                assertThat(text(peer.read(2))).isEqualTo("/n");
            }
        }
    }

    @Test
    void theNextRequestWaitsForTheAnswerToTheOneBefore() {
        CompletableFuture<PlainExchange> waiting = new CompletableFuture<>();
        server.plain = waiting::complete;
        try (RawPeer peer = connected()) {
            peer.send(get("/a") + get("/b"));
            PlainExchange first = Recorder.get(waiting);
            assertThat(server.requests).hasSize(1);
            server.plain = exchange -> exchange.respond(PlainResponse.text(200, "second"));
            first.respond(PlainResponse.text(404, "first"));
            assertThat(peer.readHead().status()).isEqualTo(404);
            assertThat(text(peer.read(5))).isEqualTo("first");
            assertThat(peer.readHead().status()).isEqualTo(200);
        }
    }

    @Test
    void aHeadRequestGetsTheLengthButNoBody() {
        try (RawPeer peer = connected()) {
            peer.send("HEAD /path HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(peer.readHead().header("Content-Length")).isEqualTo("5");
            assertThat(exchange(peer, get("/next"))).isEqualTo("/next");
        }
    }

    @Test
    void notModifiedHasNeitherBodyNorLength() {
        server.plain = exchange -> exchange.respond(
                new PlainResponse(new ResponseHead(304, Map.of("ETag", List.of("\"x\""))), new byte[] {1, 2}));
        try (RawPeer peer = connected()) {
            peer.send(get("/"));
            assertThat(peer.readHead().header("Content-Length")).isNull();
            server.plain = exchange -> exchange.respond(PlainResponse.text(200, "ok"));
            assertThat(exchange(peer, get("/"))).isEqualTo("ok");
        }
    }

    @Test
    void aLargeBodyReachesASlowReader() {
        byte[] body = new byte[3_000_000];
        body[2_999_999] = 42;
        server.plain = exchange -> exchange.respond(new PlainResponse(new ResponseHead(200, Map.of()), body));
        try (RawPeer peer = RawPeer.connect("127.0.0.1", fixture.serve(server), null, 16 * 1024)) {
            peer.send(get("/large"));
            assertThat(peer.readHead().header("Content-Length")).isEqualTo("3000000");
            assertThat(peer.read(3_000_000)).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Close\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            })
    void theConnectionEndsAfterTheAnswerWhenThePeerWantsItOrSentABody(String request) {
        try (RawPeer peer = connected()) {
            peer.send(request);
            WireHead head = peer.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Connection")).isEqualTo("close");
            assertThat(text(peer.awaitEof())).isEqualTo("/");
            assertThat(server.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 400", // no Host
        "GET / HTTP/1.1|Host: a|Host: b, 400",
        "GET / HTTP/2.0|Host: h, 505",
        "GET / HTP/1.1|Host: h, 400",
        "GET  / HTTP/1.1|Host: h, 400",
        "GET /, 400",
        "G(T / HTTP/1.1|Host: h, 400",
        "GET path HTTP/1.1|Host: h, 400",
        "GET /a#b HTTP/1.1|Host: h, 400",
        "GET /\u00e4 HTTP/1.1|Host: h, 400",
        "OPTIONS * HTTP/1.1|Host: h, 400",
        "CONNECT h:1 HTTP/1.1|Host: h, 400",
        "GET / HTTP/1.1|Host: h|Folded: a| b, 400",
        "GET / HTTP/1.1|Host: h|Space : a, 400",
        "GET / HTTP/1.1|Host: h|: a, 400",
        "GET / HTTP/1.1|Host: h|nothing, 400",
        "GET / HTTP/1.1|Host: h|Nul: a\u0000b, 400",
        "POST / HTTP/1.1|Host: h|Content-Length: x, 400",
        "POST / HTTP/1.1|Host: h|Content-Length: -1, 400",
        "POST / HTTP/1.1|Host: h|Content-Length: 1|Content-Length: 1, 400",
        "POST / HTTP/1.1|Host: h|Content-Length: 1|Transfer-Encoding: chunked, 400",
        "GET / HTTP/1.1|Host: h|Upgrade: websocket|Content-Length: 1000000000000, 400",
        "GET / HTTP/1.1|Host: h|Upgrade: websocket|Transfer-Encoding: chunked, 400"
    })
    void aMalformedHeadIsRefusedAndTheConnectionEnds(String lines, int status) {
        try (RawPeer peer = connected()) {
            peer.send(lines.replace("|", "\r\n") + "\r\n\r\n" + get("/smuggled"));
            WireHead head = peer.readHead();
            assertThat(head.status()).isEqualTo(status);
            assertThat(head.header("Connection")).isEqualTo("close");
            assertThat(peer.awaitEof()).hasSize(Integer.parseInt(head.header("Content-Length")));
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aMalformedHeadBehindAnotherRequestIsRefusedAfterItsAnswer() {
        try (RawPeer peer = connected()) {
            peer.send(get("/1") + "GET path HTTP/1.1\r\nHost: h\r\n\r\n" + get("/3"));
            assertThat(peer.readHead().status()).isEqualTo(200);
            assertThat(text(peer.read(2))).isEqualTo("/1");
            assertThat(peer.readHead().status()).isEqualTo(400);
            peer.awaitEof();
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aPeerThatEndsItsOutputBehindItsRequestStillGetsItsAnswer() {
        CompletableFuture<PlainExchange> waiting = new CompletableFuture<>();
        server.plain = waiting::complete;
        try (RawPeer peer = connected()) {
            peer.send(get("/only"));
            peer.endOutput();
            Recorder.get(waiting).respond(PlainResponse.text(200, "answer"));
            assertThat(peer.readHead().status()).isEqualTo(200);
            assertThat(text(peer.awaitEof())).isEqualTo("answer");
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "io.netty.transport.noNative",
            matches = "true",
            disabledReason = "NIO tells of a reset with the read behind the one that brought the request")
    void aRequestWhosePeerIsGoneIsNotHandedOver() {
        CompletableFuture<Void> busyNow = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        Map<String, Thread> loops = new ConcurrentHashMap<>();
        server.plain = exchange -> {
            String path = exchange.request().target();
            loops.put(path, Thread.currentThread());
            if (path.equals("/busy")) {
                busyNow.complete(null);
                Recorder.get(goOn);
            }
            exchange.respond(PlainResponse.text(200, path));
        };
        int port = fixture.serve(server);
        try (RawPeer busy = RawPeer.connect("127.0.0.1", port)) {
            exchange(busy, get("/which"));
            RawPeer gone = sameLoop(port, loops);
            busy.send(get("/busy"));
            Recorder.get(busyNow);
            gone.send(get("/gone"));
            gone.reset();
            goOn.complete(null);
            busy.readHead();
            busy.read(5);
            assertThat(exchange(busy, get("/after"))).isEqualTo("/after");
            assertThat(exchange(busy, get("/afterwards"))).isEqualTo("/afterwards");
            assertThat(server.requests).noneMatch(head -> head.target().equals("/gone"));
        }
    }

    /** A connection of the same event loop as the one that has asked for {@code /which}: one after the other gets the next loop. */
    private static RawPeer sameLoop(int port, Map<String, Thread> loops) {
        for (int i = 0; i < 1000; i++) {
            RawPeer peer = RawPeer.connect("127.0.0.1", port);
            exchange(peer, get("/" + i));
            if (loops.get("/" + i) == loops.get("/which")) {
                return peer;
            }
            peer.close();
        }
        throw new AssertionError("No second connection of the loop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nHost: h\rx: y\r\n\r\n"})
    void linesEndWithCarriageReturnAndLineFeedOnly(String head) {
        try (RawPeer peer = connected()) {
            peer.send(head);
            assertThat(peer.readHead().status()).isEqualTo(400);
        }
    }

    @Test
    void emptyLinesBeforeTheRequestAreSkipped() {
        try (RawPeer peer = connected()) {
            assertThat(exchange(peer, "\r\n\r\n" + get("/late"))).isEqualTo("/late");
        }
    }

    @Test
    void theAbsoluteFormOfATargetIsUnderstood() {
        try (RawPeer peer = connected()) {
            assertThat(exchange(peer, get("http://h:80/a?b"))).isEqualTo("/a?b");
            assertThat(exchange(peer, get("https://h"))).isEqualTo("/");
            assertThat(exchange(peer, get("http://h?b=/c"))).isEqualTo("/?b=/c");
        }
    }

    @ParameterizedTest
    @CsvSource({"4000, 1, 200", "4096, 1, 431", "9000, 1, 431", "1, 19, 200", "1, 20, 431", "1, 1500, 431"})
    void aHeadThatIsTooLongIsAnswered431(int length, int count, int status) {
        try (RawPeer peer = connected()) {
            String field = "X: " + "y".repeat(length) + "\r\n";
            peer.send("GET / HTTP/1.1\r\nHost: h\r\n" + field.repeat(count) + "\r\n");
            assertThat(peer.readHead().status()).isEqualTo(status);
            assertThat(server.requests).hasSize(status == 200 ? 1 : 0);
        }
    }

    @Test
    void aHeadWithoutAnEndIsCut() {
        try (RawPeer peer = connected()) {
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                while (true) {
                    peer.send("X: " + "y".repeat(100_000));
                }
            });
            assertThatThrownBy(() -> flood.get(5, TimeUnit.SECONDS)).hasRootCauseInstanceOf(SocketException.class);
        }
    }

    @Test
    void aRefusalEndsTheConnectionAndNothingBehindTheHeadIsParsed() {
        server.upgrades = exchange -> exchange.refuse(new PlainResponse(
                new ResponseHead(426, Map.of("Connection", List.of("Upgrade"), "Upgrade", List.of("websocket"))),
                "no".getBytes(ISO_8859_1)));
        try (RawPeer peer = connected()) {
            peer.send(RawPeer.upgradeRequest("/ws", "h") + get("/smuggled"));
            WireHead head = peer.readHead();
            assertThat(head.status()).isEqualTo(426);
            assertThat(head.headers().get("Connection")).containsExactly("Upgrade", "close");
            assertThat(text(peer.awaitEof())).isEqualTo("no");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void anUpgradeOfHttp10IsAPlainRequest() {
        try (RawPeer peer = connected()) {
            peer.send(RawPeer.upgradeRequest("/ws", "h").replace("HTTP/1.1", "HTTP/1.0"));
            assertThat(peer.readHead().status()).isEqualTo(200);
        }
    }

    @Test
    void anUpgradeToSomethingElseIsAPlainRequest() {
        try (RawPeer peer = connected()) {
            assertThat(peer.upgrade("/", "Upgrade: h2c").status()).isEqualTo(200);
        }
        try (RawPeer peer = connected()) {
            assertThat(peer.upgrade("/", "Upgrade: h2c, WebSocket").status()).isEqualTo(101);
        }
    }

    @Test
    void aHandlerThatThrowsIsAnswered500() {
        server.plain = exchange -> {
            throw new AssertionError("on purpose");
        };
        server.upgrades = exchange -> {
            throw new IllegalStateException("on purpose");
        };
        try (RawPeer peer = connected()) {
            peer.send(get("/"));
            assertThat(peer.readHead().status()).isEqualTo(500);
            assertThat(text(peer.awaitEof())).doesNotContain("purpose");
        }
        try (RawPeer peer = connected()) {
            assertThat(peer.upgrade("/").status()).isEqualTo(500);
        }
    }

    @Test
    void aFieldThatWouldBreakTheHeadIsRefusedBeforeAByteIsWritten() {
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        server.upgrades = exchange -> {
            try {
                exchange.accept(Map.of("X", List.of("a\r\nInjected: b")), listener);
            } catch (IllegalArgumentException e) {
                refusal.complete(e);
                exchange.refuse(PlainResponse.text(500, "sorry"));
            }
        };
        try (RawPeer peer = connected()) {
            assertThat(peer.upgrade("/").status()).isEqualTo(500);
            assertThat(Recorder.get(refusal)).hasMessageContaining("a\\u000d\\u000aInjected");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HT", "GET /done HTTP/1.1\r\nHost: h\r\n\r\n"})
    void aPeerThatSendsNoCompleteHeadInTimeIsCut(String start) {
        int port = fixture.serve(server, null, Duration.ofMillis(800));
        try (RawPeer peer = RawPeer.connect("127.0.0.1", port)) {
            peer.send(start);
            assertThat(text(peer.awaitEof())).endsWith(start.contains("done") ? "/done" : "");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        int port = fixture.serve(server);
        BindRequest again = new BindRequest("127.0.0.1", port, null, 1000, 10, Duration.ofSeconds(1));
        assertThatThrownBy(() -> fixture.transport.bind(again, server))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot listen at 127.0.0.1:" + port
                        + ": another program listens there; stop it, or choose another port (0 picks a free one)");
    }

    @Test
    void anAddressOfAnotherMachineAndAnUnknownNameAreNamed() {
        assertThatThrownBy(() -> fixture.transport.bind(
                        new BindRequest("192.0.2.1", 0, null, 1000, 10, Duration.ofSeconds(1)), server))
                .hasMessageContaining("192.0.2.1:0")
                .hasMessageContaining("no such address");
        assertThatThrownBy(() -> fixture.transport.bind(
                        new BindRequest("no-such-host.invalid", 0, null, 1000, 10, Duration.ofSeconds(1)), server))
                .hasMessageContaining("no-such-host.invalid:0")
                .hasMessageContaining("host name");
    }

    @Test
    void aClosedBindingReleasesItsAddressAndKeepsItsConnections() throws IOException {
        ServerBinding binding =
                fixture.transport.bind(new BindRequest("127.0.0.1", 0, null, 4096, 20, Duration.ofSeconds(10)), server);
        InetSocketAddress address = binding.address();
        try (RawPeer peer = RawPeer.connect("127.0.0.1", address.getPort())) {
            assertThat(exchange(peer, get("/before"))).isEqualTo("/before");
            binding.close();
            binding.close();
            assertThat(exchange(peer, get("/after"))).isEqualTo("/after");
            assertThatThrownBy(() -> RawPeer.connect("127.0.0.1", address.getPort()))
                    .hasMessageContaining("No connection");
        }
    }

    @Test
    void aClosedTransportBindsNothing() {
        fixture.transport.close();
        assertThatThrownBy(() -> fixture.serve(server)).hasMessageContaining("The transport is closed");
    }

    private RawPeer connected() {
        return RawPeer.connect("127.0.0.1", fixture.serve(server));
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    private static String exchange(RawPeer peer, String request) {
        peer.send(request);
        return text(peer.read(Integer.parseInt(peer.readHead().header("Content-Length"))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
