package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.spi.Transport;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints and clients can rely on, whatever carries their bytes: each transport has a subclass. */
@Timeout(30)
public abstract class ConversationContract {
    /** What the server's endpoints saw, by name: set anew for each test. */
    private static volatile BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    private FerruleServer server;

    /** A new transport, which the test's server closes. */
    protected abstract Transport transport();

    @BeforeEach
    void start() throws Exception {
        seen = new LinkedBlockingQueue<>();
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "1s")
                .transport(transport())
                .endpoint(Echo.class)
                .endpoint(Shapes.class)
                .endpoint(Streams.class)
                .endpoint(Parts.class)
                .endpoint(Coded.class)
                .endpoint(Numbers.class)
                .endpoint(Limited.class)
                .endpoint(Failing.class)
                .endpoint(FailingOpen.class)
                .endpoint(Closing.class)
                .endpoint(Negotiating.class)
                .endpoint(Picky.class)
                .endpoint(Crowd.class)
                .endpoint(ServerEndpointConfig.Builder.create(Programmatic.class, "/programmatic/{name}")
                        .build())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        seen.clear();
    }

    private URI at(String path) {
        return server.uri().resolve(path);
    }

    private Peer connect(String path) throws Exception {
        return Peer.connect(server.container(), at(path));
    }

    private static Object seenNext() throws InterruptedException {
        Object next = seen.poll(5, TimeUnit.SECONDS);
        assertThat(next).as("the endpoint saw something within 5 s").isNotNull();
        return next;
    }

    @ServerEndpoint("/echo/{name}")
    public static class Echo {
        @OnOpen
        void open(Session session, EndpointConfig config, @PathParam("name") String name) {
            seen.add("open " + name);
        }

        @OnMessage
        String text(String text, @PathParam("name") String name) {
            return name + ":" + text;
        }

        @OnMessage
        ByteBuffer bytes(ByteBuffer bytes) {
            return bytes;
        }

        @OnClose
        void close(CloseReason reason) {
            seen.add(reason);
        }
    }

    @Test
    @Tag("obligation-9.18")
    @Tag("obligation-9.1")
    void aReturnedTextGoesBack() throws Exception {
        assertThat(connect("echo/a").send("hello ☃").next()).isEqualTo("a:hello ☃");
    }

    @Test
    void anEmptyTextIsAMessage() throws Exception {
        assertThat(connect("echo/a").send("").next()).isEqualTo("a:");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000, 1 << 20})
    void bytesOfEverySizeGoBack(int size) throws Exception {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Peer peer = connect("echo/a");
        peer.session.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes));
        assertThat(peer.next()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    @Tag("obligation-4.6")
    void aSuccessfulSendLeavesTheBufferAtItsLimit() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        connect("echo/a").session.getBasicRemote().sendBinary(bytes);
        assertThat(bytes.remaining()).isZero();
    }

    @Test
    void messagesOfOneSenderKeepTheirOrder() throws Exception {
        Peer peer = connect("echo/a");
        for (int i = 0; i < 500; i++) {
            peer.session.getAsyncRemote().sendText(String.valueOf(i));
        }
        for (int i = 0; i < 500; i++) {
            assertThat(peer.next()).isEqualTo("a:" + i);
        }
    }

    @Test
    @Tag("obligation-1.5")
    @Tag("obligation-6.2")
    void openComesBeforeMessagesAndCloseAfterThem() throws Exception {
        Peer peer = connect("echo/a");
        peer.send("x").next();
        peer.session.close(new CloseReason(CloseCodes.GOING_AWAY, "bye"));
        assertThat(seenNext()).isEqualTo("open a");
        CloseReason reason = (CloseReason) seenNext();
        assertThat(reason.getCloseCode()).isEqualTo(CloseCodes.GOING_AWAY);
        assertThat(reason.getReasonPhrase()).isEqualTo("bye");
    }

    @Test
    @Tag("obligation-6.4")
    void whoClosesSeesItsOwnReason() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(4242), "mine"));
        assertThat(peer.endCode()).isEqualTo(4242);
    }

    @Test
    @Tag("obligation-6.8")
    @Tag("obligation-6.8a")
    void aSessionIsOpenUntilItsCloseCallbackHasReturned() throws Exception {
        Peer peer = connect("echo/a");
        assertThat(peer.session.isOpen()).isTrue();
        peer.session.close();
        peer.session.close();
        assertThat(peer.endCode()).isEqualTo(1000);
        org.awaitility.Awaitility.await().until(() -> !peer.session.isOpen());
    }

    @Test
    @Tag("obligation-4.13")
    @Tag("obligation-11.4")
    void sendingOnAClosedSessionIsAnIOException() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.close();
        peer.end();
        assertThatThrownBy(() -> peer.send("late")).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("obligation-15.5")
    void stoppingTheServerClosesWith1001() throws Exception {
        Peer peer = connect("echo/a");
        server.close();
        assertThat(peer.endCode()).isEqualTo(1001);
    }

    @ServerEndpoint("/shapes")
    public static class Shapes {
        @OnMessage
        String text(Reader reader) throws IOException {
            StringBuilder text = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                text.append((char) c);
            }
            return "read " + text;
        }

        @OnMessage
        byte[] bytes(InputStream stream) throws IOException {
            return stream.readAllBytes();
        }

        @OnMessage
        void pong(PongMessage pong) {
            seen.add(StandardCharsets.UTF_8.decode(pong.getApplicationData()).toString());
        }
    }

    @Test
    @Tag("obligation-9.15")
    void readersAndInputStreamsDeliverWholeMessages() throws Exception {
        Peer peer = connect("shapes");
        assertThat(peer.send("äöü").next()).isEqualTo("read äöü");
        peer.session.getBasicRemote().sendBinary(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(peer.next()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    @Tag("obligation-5.3")
    void anUnsolicitedPongReachesThePongMethod() throws Exception {
        connect("shapes").session.getBasicRemote().sendPong(ByteBuffer.wrap("heard".getBytes(StandardCharsets.UTF_8)));
        assertThat(seenNext()).isEqualTo("heard");
    }

    @Test
    @Tag("obligation-5.1")
    void aPingIsAnsweredWithItsData() throws Exception {
        Peer peer = connect("echo/a");
        CompletableFuture<ByteBuffer> pong = new CompletableFuture<>();
        peer.session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>)
                message -> pong.complete(message.getApplicationData()));
        peer.session.getBasicRemote().sendPing(ByteBuffer.wrap(new byte[] {7}));
        assertThat(pong.get(5, TimeUnit.SECONDS)).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
    }

    @Test
    @Tag("obligation-4.11")
    void aPingOfMoreThan125BytesIsRefusedBeforeItIsSent() throws Exception {
        Peer peer = connect("echo/a");
        assertThatThrownBy(() -> peer.session.getBasicRemote().sendPing(ByteBuffer.allocate(126)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ServerEndpoint("/streams")
    public static class Streams {
        @OnMessage
        void text(String length, Session session) throws IOException {
            try (Writer writer = session.getBasicRemote().getSendWriter()) {
                for (int i = 0; i < Integer.parseInt(length); i++) {
                    writer.write("ä");
                }
            }
        }

        @OnMessage
        void bytes(byte[] bytes, Session session) throws IOException {
            try (OutputStream stream = session.getBasicRemote().getSendStream()) {
                stream.write(bytes);
                stream.flush();
                stream.write(bytes);
            }
        }
    }

    @Test
    @Tag("obligation-4.9")
    void whatIsWrittenToASendWriterIsOneMessage() throws Exception {
        assertThat(connect("streams").send("40000").next()).isEqualTo("ä".repeat(40_000));
    }

    @Test
    void whatIsWrittenToASendStreamIsOneMessage() throws Exception {
        Peer peer = connect("streams");
        peer.session.getBasicRemote().sendBinary(ByteBuffer.wrap(new byte[100_000]));
        assertThat(peer.next()).isEqualTo(ByteBuffer.wrap(new byte[200_000]));
    }

    @Test
    @Tag("obligation-4.9")
    void aSendStreamThatWasNeverWrittenToSendsNothing() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.getBasicRemote().getSendStream().close();
        assertThat(peer.send("next").next()).isEqualTo("a:next");
    }

    @Test
    void aSendStreamThatNothingWasWrittenToSendsAnEmptyMessage() throws Exception {
        Peer peer = connect("echo/a");
        try (OutputStream stream = peer.session.getBasicRemote().getSendStream()) {
            stream.write(new byte[0]);
        }
        assertThat(peer.next()).isEqualTo(ByteBuffer.allocate(0));
    }

    @ServerEndpoint("/parts")
    public static class Parts {
        private final StringBuilder text = new StringBuilder();

        @OnMessage
        void part(String part, boolean last, Session session) throws IOException {
            text.append(part).append('|');
            if (last) {
                session.getBasicRemote().sendText(text.toString());
            }
        }
    }

    @Test
    @Tag("obligation-4.7")
    void partsArriveInOrderAndOnlyTheLastIsLast() throws Exception {
        Peer peer = connect("parts");
        peer.session.getBasicRemote().sendText("one ", false);
        peer.session.getBasicRemote().sendText("two ", false);
        peer.session.getBasicRemote().sendText("three", true);
        String joined = (String) peer.next();
        assertThat(joined.replace("|", "")).isEqualTo("one two three");
        assertThat(joined).endsWith("|");
    }

    @Test
    @Tag("obligation-3.6")
    @Tag("obligation-4.7")
    void partsReachAWholeHandlerAsOneMessage() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.getBasicRemote().sendText("one ", false);
        peer.session.getBasicRemote().sendText("two", true);
        assertThat(peer.next()).isEqualTo("a:one two");
    }

    @Test
    @Tag("obligation-4.8")
    void aMessageInPartsKeepsOtherMessagesWaitingAndWhole() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.getBasicRemote().sendText("one ", false);
        var other = peer.session.getAsyncRemote().sendText("other");
        assertThat(other.isDone()).isFalse();
        peer.session.getBasicRemote().sendText("two", true);
        assertThat(peer.next()).isEqualTo("a:one two");
        assertThat(peer.next()).isEqualTo("a:other");
    }

    @Test
    @Tag("obligation-4.8")
    void toWaitForOnesOwnUnfinishedMessageIsRefused() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.getBasicRemote().sendText("one ", false);
        assertThatThrownBy(() -> peer.session.getBasicRemote().sendBinary(ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    public record Point(int x, int y) {}

    public static class PointDecoder implements Decoder.Text<Point> {
        @Override
        public void init(EndpointConfig config) {
            seen.add("decoder init");
        }

        @Override
        public Point decode(String text) throws DecodeException {
            String[] parts = text.split(",");
            try {
                return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            } catch (RuntimeException bad) {
                throw new DecodeException(text, "no point", bad);
            }
        }

        @Override
        public boolean willDecode(String text) {
            return text.contains(",");
        }

        @Override
        public void destroy() {
            seen.add("decoder destroy");
        }
    }

    public static class PointEncoder implements Encoder.Text<Point> {
        @Override
        public String encode(Point point) throws EncodeException {
            if (point.x() < 0) {
                throw new EncodeException(point, "negative");
            }
            return point.x() + "/" + point.y();
        }
    }

    @ServerEndpoint(value = "/coded", decoders = PointDecoder.class, encoders = PointEncoder.class)
    public static class Coded {
        @OnMessage
        Point swap(Point point) {
            return new Point(point.y(), point.x());
        }

        @OnError
        void error(Session session, Throwable error) throws IOException {
            session.getBasicRemote().sendText(error.getClass().getSimpleName());
        }

        @OnClose
        void close() {
            seen.add("close");
        }
    }

    @Test
    @Tag("obligation-4.10")
    @Tag("obligation-9.15")
    void declaredCodersMakeAndSendObjects() throws Exception {
        assertThat(connect("coded").send("1,2").next()).isEqualTo("2/1");
    }

    @Test
    @Tag("obligation-9.3")
    void codersLiveFromBeforeOpenToAfterClose() throws Exception {
        Peer peer = connect("coded");
        assertThat(seenNext()).isEqualTo("decoder init");
        peer.session.close();
        assertThat(seenNext()).isEqualTo("close");
        assertThat(seenNext()).isEqualTo("decoder destroy");
    }

    @Test
    @Tag("obligation-9.6")
    void aTextThatNoDecoderWantsIsADecodeExceptionAndTheSessionStays() throws Exception {
        Peer peer = connect("coded");
        assertThat(peer.send("nonsense").next()).isEqualTo("DecodeException");
        assertThat(peer.send("1,x").next()).isEqualTo("DecodeException");
        assertThat(peer.send("3,4").next()).isEqualTo("4/3");
    }

    @Test
    @Tag("obligation-11.1")
    void anEncoderThatFailsIsAnEncodeException() throws Exception {
        assertThat(connect("coded").send("1,-2").next()).isEqualTo("EncodeException");
    }

    @ServerEndpoint("/numbers/{factor}")
    public static class Numbers {
        @OnMessage
        long times(int number, @PathParam("factor") int factor) {
            return (long) number * factor;
        }

        @OnError
        void error(Session session, Throwable error) throws IOException {
            session.getBasicRemote().sendText(error.getClass().getSimpleName() + ": " + error.getMessage());
        }
    }

    @Test
    @Tag("obligation-9.17")
    @Tag("obligation-9.18")
    void primitivesAreConvertedBothWays() throws Exception {
        assertThat(connect("numbers/3").send("14").next()).isEqualTo("42");
    }

    @Test
    @Tag("obligation-9.6")
    void aTextThatIsNoNumberIsADecodeException() throws Exception {
        assertThat(connect("numbers/3").send("many").next()).asString().startsWith("DecodeException");
    }

    @Test
    @Tag("obligation-9.10")
    void aPathParameterThatDoesNotConvertIsADecodeExceptionThatSaysWhich() throws Exception {
        assertThat(connect("numbers/x").send("1").next()).asString().contains("DecodeException", "{factor} is 'x'");
    }

    @ServerEndpoint("/limited")
    public static class Limited {
        @OnMessage(maxMessageSize = 10)
        String text(String text) {
            return text;
        }

        @OnError
        void error(Throwable error) {
            seen.add(error.getClass().getSimpleName());
        }

        @OnClose
        void close(CloseReason reason) {
            seen.add(reason.getCloseCode());
        }
    }

    @Test
    @Tag("obligation-3.13")
    @Tag("obligation-11.6")
    void aMessageAtItsLimitPassesAndOneByteMoreClosesWith1009AfterTheErrorMethod() throws Exception {
        Peer peer = connect("limited");
        assertThat(peer.send("0123456789").next()).isEqualTo("0123456789");
        peer.send("012345678ä");
        assertThat(peer.endCode()).isEqualTo(1009);
        assertThat(seenNext()).isEqualTo("SessionException");
        assertThat(seenNext()).isEqualTo(CloseCodes.TOO_BIG);
    }

    @ServerEndpoint("/failing")
    public static class Failing {
        @OnMessage
        void text(String text, Session session) throws Exception {
            switch (text) {
                case "error" -> throw new StackOverflowError("deep");
                case "checked" -> throw new Exception("checked");
                default -> session.getBasicRemote().sendText(text);
            }
        }

        @OnError
        void error(Throwable error) {
            seen.add(error.getClass().getSimpleName());
            throw new IllegalStateException("the error method fails, too");
        }
    }

    @Test
    @Tag("obligation-11.1")
    @Tag("obligation-11.2")
    @Tag("obligation-11.3")
    void whatACallbackThrowsReachesTheErrorMethodAndTheSessionStays() throws Exception {
        Peer peer = connect("failing");
        peer.send("error").send("checked");
        assertThat(seenNext()).isEqualTo("StackOverflowError");
        assertThat(seenNext()).isEqualTo("Exception");
        assertThat(peer.send("alive").next()).isEqualTo("alive");
    }

    @ServerEndpoint("/failing-open")
    public static class FailingOpen {
        @OnOpen
        void open() {
            throw new IllegalStateException("secret");
        }
    }

    @Test
    @Tag("obligation-11.3")
    void anOpenThatThrowsClosesWith1011AndTellsThePeerNothing() throws Exception {
        CloseReason reason = connect("failing-open").end();
        assertThat(reason.getCloseCode()).isEqualTo(CloseCodes.UNEXPECTED_CONDITION);
        assertThat(reason.getReasonPhrase()).isEmpty();
    }

    @ServerEndpoint("/closing")
    public static class Closing {
        @OnOpen
        void open(Session session) throws IOException {
            session.close(new CloseReason(CloseCodes.TRY_AGAIN_LATER, "later"));
        }
    }

    @Test
    void anEndpointMayCloseInItsOpenCallback() throws Exception {
        Peer peer = connect("closing");
        assertThat(peer.endCode()).isEqualTo(1013);
        assertThat(peer.end().getReasonPhrase()).isEqualTo("later");
    }

    public static class Modifying extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            response.getHeaders()
                    .put("X-Seen", List.of(request.getParameterMap().get("q").get(0)));
            config.getUserProperties().put("from", "handshake");
        }
    }

    @ServerEndpoint(
            value = "/negotiating/{id}",
            subprotocols = {"v1", "v2"},
            configurator = Modifying.class)
    public static class Negotiating {
        @OnMessage
        String text(String text, Session session) {
            return switch (text) {
                case "subprotocol" -> session.getNegotiatedSubprotocol();
                case "property" -> String.valueOf(session.getUserProperties().get("from"));
                case "query" -> session.getQueryString();
                case "uri" -> session.getRequestURI().toString();
                case "path" -> session.getPathParameters().toString();
                default -> session.getRequestParameterMap().toString();
            };
        }
    }

    @Test
    @Tag("obligation-2.3")
    @Tag("obligation-8.3")
    @Tag("obligation-8.6")
    @Tag("obligation-8.7")
    @Tag("obligation-8.9")
    @Tag("obligation-8.14")
    @Tag("obligation-9.7")
    void theSessionKnowsWhatTheHandshakeSettled() throws Exception {
        CompletableFuture<Map<String, List<String>>> headers = new CompletableFuture<>();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of("v3", "v2", "v1"))
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void afterResponse(HandshakeResponse response) {
                        headers.complete(response.getHeaders());
                    }
                })
                .build();
        Peer peer = Peer.connect(server.container(), at("negotiating/7?q=a%20b"), config);
        assertThat(headers.get(5, TimeUnit.SECONDS).get("x-seen")).containsExactly("a b");
        assertThat(peer.session.getNegotiatedSubprotocol()).isEqualTo("v2");
        assertThat(peer.send("subprotocol").next()).isEqualTo("v2");
        assertThat(peer.send("property").next()).isEqualTo("handshake");
        assertThat(peer.send("query").next()).isEqualTo("q=a%20b");
        assertThat(peer.send("uri").next())
                .isEqualTo(at("negotiating/7?q=a%20b").toString());
        assertThat(peer.send("path").next()).isEqualTo("{id=7}");
        assertThat(peer.send("parameters").next()).isEqualTo("{q=[a b]}");
    }

    public static class Refusing extends ServerEndpointConfig.Configurator {
        @Override
        public boolean checkOrigin(String origin) {
            return "https://good.example".equals(origin);
        }
    }

    @ServerEndpoint(value = "/picky", configurator = Refusing.class)
    public static class Picky {
        public Picky() {
            seen.add("instance");
        }
    }

    @Test
    @Tag("obligation-8.1")
    @Tag("obligation-8.2")
    void aConfiguratorRefusesAnOriginBeforeThereIsAnInstance() {
        assertThatThrownBy(() -> connect("picky"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("403");
        assertThat(seen).isEmpty();
    }

    @Test
    @Tag("obligation-7.4")
    @Tag("obligation-12.3")
    void anUnknownPathIsADeploymentExceptionThatTellsTheStatus() {
        assertThatThrownBy(() -> connect("nowhere"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
    }

    @Test
    @Tag("obligation-8.2")
    @Tag("obligation-12.6")
    void aForeignOriginIsRefusedByDefault() {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        headers.put("Origin", List.of("https://evil.example"));
                    }
                })
                .build();
        assertThatThrownBy(() -> Peer.connect(server.container(), at("echo/a"), config))
                .hasMessageContaining("403");
    }

    @ServerEndpoint("/crowd")
    public static class Crowd {
        @OnMessage
        void text(String text, Session session) {
            session.getOpenSessions().forEach(other -> other.getAsyncRemote().sendText(text));
        }
    }

    @Test
    @Tag("obligation-8.15")
    void openSessionsAreThoseOfTheSameEndpoint() throws Exception {
        // Each is open on the server, too, when its own message has come back.
        Peer first = connect("crowd");
        assertThat(first.send("alone").next()).isEqualTo("alone");
        Peer stranger = connect("echo/a");
        Peer second = connect("crowd");
        second.send("to all");
        assertThat(first.next()).isEqualTo("to all");
        assertThat(second.next()).isEqualTo("to all");
        assertThat(stranger.send("x").next()).isEqualTo("a:x");
        assertThat(stranger.hasReceivedMore()).isFalse();
    }

    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(new MessageHandler.Whole<String>() {
                @Override
                public void onMessage(String text) {
                    session.getAsyncRemote()
                            .sendText(session.getPathParameters().get("name") + " " + text);
                }
            });
        }
    }

    @Test
    @Tag("obligation-1.11")
    void aProgrammaticEndpointAddsItsHandlersWhenItOpens() throws Exception {
        assertThat(connect("programmatic/p").send("hi").next()).isEqualTo("p hi");
    }

    @Test
    @Tag("obligation-3.1")
    void aSecondHandlerForAKindIsRefused() throws Exception {
        Peer peer = connect("echo/a");
        assertThatThrownBy(
                        () -> peer.session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("obligation-3.2")
    void aLambdaWithoutATypeIsRefusedWithAHint() throws Exception {
        Peer peer = connect("echo/a");
        MessageHandler.Whole<String> lambda = text -> {};
        assertThatThrownBy(() -> peer.session.addMessageHandler(lambda))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("addMessageHandler(Class, handler)");
    }

    @Test
    @Tag("obligation-4.3")
    @Tag("obligation-4.4")
    void aSendHandlerLearnsOfSuccessWithItsSession() throws Exception {
        Peer peer = connect("echo/a");
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        peer.session.getAsyncRemote().sendText("x", result::complete);
        assertThat(result.get(5, TimeUnit.SECONDS).isOK()).isTrue();
        assertThat(result.get().getSession()).isSameAs(peer.session);
    }

    @Test
    @Tag("obligation-4.4")
    @Tag("obligation-4.13")
    void aSendHandlerLearnsOfFailureWithItsSession() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.close();
        peer.end();
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        peer.session.getAsyncRemote().sendText("x", result::complete);
        assertThat(result.get(5, TimeUnit.SECONDS).isOK()).isFalse();
        assertThat(result.get().getSession()).isSameAs(peer.session);
    }

    @Test
    @Tag("obligation-4.12")
    void batchedMessagesWaitForTheirFlush() throws Exception {
        Peer peer = connect("echo/a");
        peer.session.getAsyncRemote().setBatchingAllowed(true);
        peer.session.getBasicRemote().sendText("one");
        peer.session.getBasicRemote().sendText("two");
        await().during(Duration.ofMillis(50)).until(() -> !peer.hasReceivedMore());
        peer.session.getBasicRemote().flushBatch();
        assertThat(peer.next()).isEqualTo("a:one");
        assertThat(peer.next()).isEqualTo("a:two");
    }

    @Test
    @Tag("obligation-6.3")
    @Tag("obligation-6.9")
    void anIdleSessionEndsWith1006HereAndPolitelyThere() throws Exception {
        Peer peer = connect("echo/a");
        assertThat(seenNext()).isEqualTo("open a");
        peer.session.setMaxIdleTimeout(1);
        assertThat(peer.endCode()).isEqualTo(1006);
        assertThat(((CloseReason) seenNext()).getCloseCode()).isEqualTo(CloseCodes.NORMAL_CLOSURE);
    }

    @Test
    @Tag("obligation-7.14")
    void endpointsMayBeAddedWhileTheServerRuns() throws Exception {
        server.container()
                .addEndpoint(ServerEndpointConfig.Builder.create(Programmatic.class, "/late/{name}")
                        .build());
        assertThat(connect("late/x").send("hi").next()).isEqualTo("x hi");
    }

    @Test
    void aDeploymentThatFailsWhileTheServerRunsHarmsNothingElse() throws Exception {
        assertThatThrownBy(() -> server.container().addEndpoint(Echo.class.getEnclosingClass()))
                .isInstanceOf(DeploymentException.class);
        assertThat(connect("echo/a").send("x").next()).isEqualTo("a:x");
    }
}
