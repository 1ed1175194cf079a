package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrame;
import dev.ferrule.wirekit.WireFrames;
import dev.ferrule.wirekit.WireFrames.LengthForm;
import dev.ferrule.wirekit.WireHead;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints against a peer that does what it likes: right close codes, each callback once, and nobody else harmed. */
@Timeout(30)
class EndpointsOnTheWireTest {
    private static final WireFrames FRAMES = WireFrames.client();
    private static volatile BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private static volatile BlockingQueue<Session> opened = new LinkedBlockingQueue<>();

    private FerruleServer server;

    @ServerEndpoint("/echo")
    public static class Echo {
        @OnOpen
        void open(Session session) {
            opened.add(session);
        }

        @OnMessage
        String text(String text) {
            return text;
        }

        @OnError
        void error(Throwable error) {
            seen.add("error " + error.getClass().getSimpleName());
        }

        @OnClose
        void close(CloseReason reason) {
            seen.add("close " + reason.getCloseCode().getCode());
        }
    }

    @BeforeEach
    void start() throws Exception {
        seen = new LinkedBlockingQueue<>();
        opened = new LinkedBlockingQueue<>();
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "500ms")
                .set("ferrule.timeouts.write-stall", "1s")
                .set("ferrule.send.cap", "1M")
                .set("ferrule.limits.message", "64K")
                .transport(new NettyTransport())
                .endpoint(Echo.class)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        opened.clear();
    }

    private RawPeer connect() {
        return RawPeer.connect("127.0.0.1", server.uri().getPort());
    }

    private RawPeer open() {
        RawPeer peer = connect();
        assertThat(peer.upgrade("/echo").status()).isEqualTo(101);
        return peer;
    }

    private static String next() throws InterruptedException {
        return seen.poll(5, TimeUnit.SECONDS);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of(
                        "an unmasked frame",
                        FRAMES.frame().opcode(1).masked(false).payload("x").bytes(),
                        1002),
                Arguments.of(
                        "a reserved bit",
                        FRAMES.frame().opcode(1).rsv(2).payload("x").bytes(),
                        1002),
                Arguments.of(
                        "RSV1 without compression",
                        FRAMES.frame().opcode(1).rsv(4).payload("x").bytes(),
                        1002),
                Arguments.of("a reserved opcode", FRAMES.frame().opcode(3).bytes(), 1002),
                Arguments.of(
                        "a fragmented ping", FRAMES.frame().opcode(9).fin(false).bytes(), 1002),
                Arguments.of("a continuation of nothing", FRAMES.continuation("x", true), 1002),
                Arguments.of(
                        "invalid UTF-8",
                        FRAMES.frame()
                                .opcode(1)
                                .payload((byte) 0xC0, (byte) 0xAF)
                                .bytes(),
                        1007),
                Arguments.of("a close code that must not be sent", FRAMES.close(1005, ""), 1002),
                Arguments.of(
                        "a close payload of one byte",
                        FRAMES.frame().opcode(8).payload((byte) 3).bytes(),
                        1002),
                Arguments.of(
                        "a length that is not minimal",
                        FRAMES.frame()
                                .opcode(1)
                                .payload("x")
                                .lengthForm(LengthForm.BITS_16)
                                .bytes(),
                        1002),
                Arguments.of(
                        "a message over the limit",
                        FRAMES.frame()
                                .opcode(2)
                                .declaredLength(LengthForm.BITS_64, 1L << 40)
                                .bytes(),
                        1009));
    }

    @Tag("obligation-11.5")
    @Tag("obligation-16.2")
    @Tag("obligation-16.3")
    @ParameterizedTest(name = "{0} closes with {2}")
    @MethodSource("violations")
    void aViolationCostsItsOwnConnectionOnly(String name, byte[] bytes, int code) throws Exception {
        try (RawPeer good = open();
                RawPeer bad = open()) {
            bad.send(bytes);
            assertThat(bad.readFrame().closeCode()).isEqualTo(code);
            bad.awaitEof();
            assertThat(next()).isEqualTo("error SessionException");
            assertThat(next()).isEqualTo("close " + code);
            good.send(FRAMES.text("still here"));
            assertThat(good.readFrame().text()).isEqualTo("still here");
        }
    }

    @Test
    @Tag("obligation-5.1")
    @Tag("obligation-3.6")
    void fragmentsWithAPingBetweenThemAreOneMessage() {
        try (RawPeer peer = open()) {
            peer.send(FRAMES.text("one ", false));
            peer.send(FRAMES.ping((byte) 1));
            assertThat(peer.readFrame().opcode()).isEqualTo(WireFrames.PONG);
            peer.send(FRAMES.continuation("two", true));
            assertThat(peer.readFrame().text()).isEqualTo("one two");
        }
    }

    @Test
    void framesThatComeWithTheHandshakeAreNotLost() {
        try (RawPeer peer = connect()) {
            byte[] head = RawPeer.upgradeRequest("/echo", "127.0.0.1").getBytes();
            peer.send(WireFrames.join(head, FRAMES.text("early")));
            assertThat(peer.readHead().status()).isEqualTo(101);
            assertThat(peer.readFrame().text()).isEqualTo("early");
        }
    }

    @Tag("obligation-6.2")
    @Tag("obligation-16.5")
    @ParameterizedTest
    @CsvSource({"1000, bye", "1001, ''", "4999, own"})
    void aPeersCloseIsAnsweredWithItsCodeAndSeen(int code, String reason) throws Exception {
        try (RawPeer peer = open()) {
            peer.send(FRAMES.close(code, reason));
            assertThat(peer.readFrame().closeCode()).isEqualTo(code);
            peer.awaitEof();
            assertThat(next()).isEqualTo("close " + code);
        }
    }

    @Test
    @Tag("obligation-6.2")
    @Tag("obligation-16.5")
    void aCloseWithoutACodeIs1005AndAnsweredWithoutOne() throws Exception {
        try (RawPeer peer = open()) {
            peer.send(FRAMES.close());
            WireFrame answer = peer.readFrame();
            assertThat(answer.opcode()).isEqualTo(WireFrames.CLOSE);
            assertThat(answer.payload()).isEmpty();
            assertThat(next()).isEqualTo("close 1005");
        }
    }

    @Test
    void aPeerThatClosesAndEndsItsOutputStillGetsItsAnswer() throws Exception {
        try (RawPeer peer = open()) {
            peer.send(FRAMES.close(1000, ""));
            peer.endOutput();
            assertThat(peer.readFrame().closeCode()).isEqualTo(1000);
            assertThat(next()).isEqualTo("close 1000");
        }
    }

    @Test
    @Tag("obligation-6.3")
    @Tag("obligation-11.4")
    void anEndWithoutACloseFrameIs1006() throws Exception {
        try (RawPeer peer = open()) {
            peer.endOutput();
            assertThat(next()).isEqualTo("close 1006");
        }
    }

    @Test
    @Tag("obligation-6.3")
    void aResetIs1006() throws Exception {
        open().reset();
        assertThat(next()).isEqualTo("close 1006");
    }

    @Test
    @Tag("obligation-16.5")
    void aPeerThatDoesNotAnswerOurCloseIsCutInTime() throws Exception {
        try (RawPeer peer = open()) {
            opened.take().close(new CloseReason(CloseReason.CloseCodes.getCloseCode(4001), "go"));
            WireFrame frame = peer.readFrame();
            assertThat(frame.closeCode()).isEqualTo(4001);
            assertThat(frame.closeReason()).isEqualTo("go");
            assertThat(next()).isEqualTo("close 4001");
            peer.awaitEof();
        }
    }

    @Test
    void dataAfterTheCloseFrameIsIgnored() throws Exception {
        try (RawPeer peer = open()) {
            peer.send(WireFrames.join(FRAMES.close(1000, ""), FRAMES.text("late")));
            assertThat(peer.readFrame().closeCode()).isEqualTo(1000);
            peer.awaitEof();
            assertThat(next()).isEqualTo("close 1000");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aSendOverTheCapFailsAndSaysWhichSettingItIs() throws Exception {
        try (RawPeer peer = connectSlowly()) {
            Session session = opened.take();
            CompletableFuture<SendResult> refused = new CompletableFuture<>();
            String text = "x".repeat(32 << 10);
            for (int i = 0; i < 10_000 && !refused.isDone(); i++) {
                session.getAsyncRemote().sendText(text, result -> {
                    if (!result.isOK()) {
                        refused.complete(result);
                    }
                });
            }
            assertThat(refused.get(5, TimeUnit.SECONDS).getException())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ferrule.send.cap");
            assertThat(peer.socket().isClosed()).isFalse();
        }
    }

    @Test
    @Tag("obligation-11.4")
    void aPeerThatReadsNothingIsCutAndItsBlockedSenderGoesOn() throws Exception {
        try (RawPeer peer = connectSlowly()) {
            Session session = opened.take();
            String text = "x".repeat(256 << 10);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            session.getBasicRemote().sendText(text);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has read nothing");
            assertThat(next()).isEqualTo("close 1006");
            peer.awaitEnd();
        }
    }

    private RawPeer connectSlowly() {
        RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort(), null, 4096);
        assertThat(peer.upgrade("/echo").status()).isEqualTo(101);
        return peer;
    }

    @Test
    void anEndpointsPathAnswersPlainHttpWith426() {
        try (RawPeer peer = connect()) {
            peer.send("GET /echo HTTP/1.1\r\nHost: here\r\n\r\n");
            WireHead head = peer.readHead();
            assertThat(head.status()).isEqualTo(426);
            assertThat(head.header("Upgrade")).isEqualToIgnoringCase("websocket");
        }
    }

    @Tag("obligation-7.4")
    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource({"/nothing, 404", "/echo/more, 404"})
    void aPathWithoutAnEndpointIsRefused(String path, int status) {
        try (RawPeer peer = connect()) {
            assertThat(peer.upgrade(path).status()).isEqualTo(status);
        }
    }

    @Test
    @Tag("obligation-16.1")
    void anotherVersionIsAnsweredWithOurs() {
        try (RawPeer peer = connect()) {
            peer.send("GET /echo HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n\r\n");
            WireHead head = peer.readHead();
            assertThat(head.status()).isEqualTo(426);
            assertThat(head.header("Sec-WebSocket-Version")).isEqualTo("13");
        }
    }

    @Test
    @Tag("obligation-15.5")
    void stoppingSays1001ToEveryPeer() {
        try (RawPeer peer = open()) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            assertThat(peer.readFrame().closeCode()).isEqualTo(1001);
            peer.send(FRAMES.close(1001, ""));
            peer.awaitEof();
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
        }
    }
}
