package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which encoder and decoder is used, and how long one lives (§4.1.2, §4.1.3). */
@Timeout(20)
class CoderRulesTest {
    interface Shape {}

    static class Circle implements Shape {}

    static class BigCircle extends Circle {}

    static class Square implements Shape {}

    public static class CircleEncoder implements Encoder.Text<Circle> {
        @Override
        public String encode(Circle circle) {
            return "circle";
        }
    }

    public static class ShapeEncoder implements Encoder.TextStream<Shape> {
        @Override
        public void encode(Shape shape, Writer writer) throws IOException {
            writer.write("shape");
        }
    }

    public static class BigCircleEncoder implements Encoder.Text<BigCircle> {
        @Override
        public String encode(BigCircle circle) {
            return "never: an encoder before this one fits";
        }
    }

    public static class IntegerEncoder implements Encoder.Binary<Integer> {
        @Override
        public ByteBuffer encode(Integer number) {
            return ByteBuffer.wrap(new byte[] {number.byteValue()});
        }
    }

    @ServerEndpoint(
            value = "/shapes",
            encoders = {CircleEncoder.class, ShapeEncoder.class, BigCircleEncoder.class, IntegerEncoder.class})
    public static class Shapes {
        @OnMessage
        public void text(String text, Session session) throws IOException, EncodeException {
            session.getBasicRemote()
                    .sendObject(
                            switch (text) {
                                case "circle" -> new Circle();
                                case "big" -> new BigCircle();
                                case "square" -> new Square();
                                case "long" -> 7L;
                                case "string" -> "plain";
                                case "char" -> 'c';
                                case "bytes" -> new byte[] {1, 2};
                                case "buffer" -> ByteBuffer.wrap(new byte[] {3});
                                case "integer" -> 7;
                                default -> new Object();
                            });
        }

        @OnError
        public void error(Session session, Throwable error) throws IOException {
            session.getBasicRemote().sendText(error.getClass().getSimpleName());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "circle, circle",
        "big, circle",
        "square, shape",
        "long, 7",
        "string, plain",
        "char, c",
        "nothing, EncodeException"
    })
    @Tag("obligation-4.10")
    @Tag("obligation-9.4")
    void theFirstEncoderThatFitsIsUsed(String what, String sent) throws Exception {
        try (Stage stage = Stage.of(Shapes.class)) {
            assertThat(stage.connect("shapes").send(what).next()).isEqualTo(sent);
        }
    }

    @Test
    @Tag("obligation-4.10")
    void bytesGoAsTheyAreAndADeclaredEncoderOfAWrapperWins() throws Exception {
        try (Stage stage = Stage.of(Shapes.class)) {
            Peer peer = stage.connect("shapes");
            assertThat(peer.send("bytes").next()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(peer.send("buffer").next()).isEqualTo(ByteBuffer.wrap(new byte[] {3}));
            assertThat(peer.send("integer").next()).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
        }
    }

    record Word(String text) {}

    /** Looks at all of the bytes before it says that it is not for it. */
    public static class Unwilling implements Decoder.Binary<Word> {
        @Override
        public Word decode(ByteBuffer bytes) {
            return new Word("never");
        }

        @Override
        public boolean willDecode(ByteBuffer bytes) {
            bytes.position(bytes.limit());
            return false;
        }
    }

    public static class OfBytes implements Decoder.Binary<Word> {
        @Override
        public Word decode(ByteBuffer bytes) {
            return new Word("bytes " + StandardCharsets.UTF_8.decode(bytes));
        }

        @Override
        public boolean willDecode(ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes).length() > 0;
        }
    }

    public static class OfLong implements Decoder.Text<Word> {
        @Override
        public Word decode(String text) throws DecodeException {
            throw new DecodeException(text, "too long for it");
        }

        @Override
        public boolean willDecode(String text) {
            return text.length() > 5;
        }
    }

    public static class OfText implements Decoder.Text<Word> {
        @Override
        public Word decode(String text) {
            return new Word("text " + text);
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    @ServerEndpoint(
            value = "/words",
            decoders = {Unwilling.class, OfBytes.class, OfLong.class, OfText.class})
    public static class Words {
        @OnMessage
        public String word(Word word) {
            return word.text();
        }

        @OnError
        public void error(Session session, Throwable error) throws IOException {
            session.getBasicRemote().sendText(((DecodeException) error).getMessage());
        }
    }

    @Test
    @Tag("obligation-9.5")
    @Tag("obligation-9.19")
    void theFirstDecoderThatIsWillingIsUsedForEachKindOfMessage() throws Exception {
        try (Stage stage = Stage.of(Words.class)) {
            Peer peer = stage.connect("words");
            assertThat(peer.send("short").next()).isEqualTo("text short");
            peer.session.getBasicRemote().sendBinary(ByteBuffer.wrap("b".getBytes(StandardCharsets.UTF_8)));
            assertThat(peer.next()).isEqualTo("bytes b");
        }
    }

    @Test
    @Tag("obligation-9.5")
    @Tag("obligation-9.6")
    void afterAWillingDecoderThatFailsNoOtherIsAskedAndTheSessionStays() throws Exception {
        try (Stage stage = Stage.of(Words.class)) {
            Peer peer = stage.connect("words");
            assertThat(peer.send("longer than five").next()).isEqualTo("too long for it");
            peer.session.getBasicRemote().sendBinary(ByteBuffer.allocate(0));
            assertThat(peer.next()).asString().contains("No decoder is willing");
            assertThat(peer.send("short").next()).isEqualTo("text short");
        }
    }

    public static class IntegerDecoder implements Decoder.Text<Integer> {
        @Override
        public Integer decode(String text) {
            return text.length();
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    @ServerEndpoint(value = "/lengths", decoders = IntegerDecoder.class)
    public static class Lengths {
        @OnMessage
        public long length(int number) {
            return number;
        }
    }

    @Test
    @Tag("obligation-9.17")
    void aDeclaredDecoderOfAWrapperWins() throws Exception {
        try (Stage stage = Stage.of(Lengths.class)) {
            assertThat(stage.connect("lengths").send("12345").next()).isEqualTo("5");
        }
    }

    /** Both coder and witness of its life. */
    public static class Living implements Encoder.Text<Word>, Decoder.Text<Word> {
        private final AtomicInteger inside = new AtomicInteger();

        @Override
        public void init(EndpointConfig config) {
            Stage.see(this);
        }

        @Override
        public String encode(Word word) {
            int entered = inside.incrementAndGet();
            Thread.yield();
            inside.decrementAndGet();
            return entered + word.text();
        }

        @Override
        public Word decode(String text) {
            return new Word(text);
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }

        @Override
        public void destroy() {
            Stage.see(this);
        }
    }

    @ServerEndpoint(value = "/living", encoders = Living.class, decoders = Living.class)
    public static class WithLiving {
        @OnMessage
        public Word text(Word word, Session session) {
            return word;
        }

        @OnClose
        public void close() {
            Stage.see("close");
        }
    }

    @Test
    @Tag("obligation-9.3")
    @Tag("obligation-15.5")
    void everyConnectionHasItsOwnCodersFromBeforeOpenToAfterClose() throws Exception {
        try (Stage stage = Stage.of(WithLiving.class)) {
            List<Object> made = new ArrayList<>();
            Peer one = stage.connect("living");
            made.add(Stage.next());
            made.add(Stage.next());
            stage.connect("living");
            made.add(Stage.next());
            made.add(Stage.next());
            assertThat(made).doesNotHaveDuplicates();
            one.session.close();
            assertThat(Stage.next()).isEqualTo("close");
            assertThat(List.of(Stage.next(), Stage.next())).containsExactlyInAnyOrderElementsOf(made.subList(0, 2));
            stage.server.close();
            assertThat(Stage.next()).isEqualTo("close");
            assertThat(List.of(Stage.next(), Stage.next())).containsExactlyInAnyOrderElementsOf(made.subList(2, 4));
        }
    }

    @Test
    @Tag("obligation-9.3")
    void anEncoderIsUsedByOneThreadAtATime() throws Exception {
        try (Stage stage = Stage.of(WithLiving.class)) {
            Peer peer = stage.connect("living");
            stage.server
                    .container()
                    .addEndpoint(jakarta.websocket.server.ServerEndpointConfig.Builder.create(Many.class, "/many")
                            .encoders(List.of(Living.class))
                            .build());
            Peer many = stage.connect("many");
            for (int i = 0; i < 4 * Many.SENDS; i++) {
                assertThat(many.next()).isEqualTo("1w");
            }
            assertThat(peer.send("x").next()).isEqualTo("1x");
        }
    }

    /** Sends from many threads at a time. */
    public static class Many extends jakarta.websocket.Endpoint {
        static final int SENDS = 100;

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            for (int thread = 0; thread < 4; thread++) {
                new Thread(() -> {
                            for (int i = 0; i < SENDS; i++) {
                                session.getAsyncRemote().sendObject(new Word("w"));
                            }
                        })
                        .start();
            }
        }
    }

    public static class CirclesEncoder implements Encoder.Text<List<Circle>> {
        @Override
        public String encode(List<Circle> circles) {
            return "circles";
        }
    }

    public static class SquaresEncoder implements Encoder.Text<List<Square>> {
        @Override
        public String encode(List<Square> squares) {
            return "squares";
        }
    }

    public static class ListEncoder<T> implements Encoder.Text<List<T>> {
        @Override
        public String encode(List<T> list) {
            return "list";
        }
    }

    @ServerEndpoint(
            value = "/lists",
            encoders = {CirclesEncoder.class, SquaresEncoder.class, ListEncoder.class})
    public static class Lists {
        @OnMessage
        public List<Square> squares(String text) {
            return List.of(new Square());
        }

        @OnMessage
        public List<BigCircle> circles(ByteBuffer bytes) {
            return List.of(new BigCircle());
        }

        @OnMessage
        public List<String> strings(PongMessage pong) {
            return List.of("string");
        }
    }

    @Test
    @Tag("obligation-4.10")
    void whatAMethodSaysItReturnsDecidesAmongGenericEncoders() throws Exception {
        try (Stage stage = Stage.of(Lists.class)) {
            Peer peer = stage.connect("lists");
            assertThat(peer.send("squares").next()).isEqualTo("squares");
            peer.session.getBasicRemote().sendBinary(ByteBuffer.allocate(1));
            assertThat(peer.next()).isEqualTo("circles");
            peer.session.getBasicRemote().sendPong(ByteBuffer.allocate(1));
            assertThat(peer.next()).isEqualTo("list");
        }
    }

    @ServerEndpoint(value = "/wrong-list", encoders = CirclesEncoder.class)
    public static class WrongList {
        @OnMessage
        public List<Square> squares(String text) {
            return List.of(new Square());
        }
    }

    @Test
    void aReturnTypeThatNoGenericEncoderFitsIsADeploymentError() {
        assertThatThrownBy(() -> Stage.of(WrongList.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("WrongList.squares", "List<", "no encoder");
    }
}
