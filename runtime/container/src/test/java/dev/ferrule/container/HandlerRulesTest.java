package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnMessage;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Message handlers of programmatic endpoints: how many, for what types, and which one gets a message (§2.1.3). */
@Timeout(20)
class HandlerRulesTest {
    /** Sends back what it gets; parts as parts. */
    @ServerEndpoint("/mirror")
    public static class Mirror {
        @OnMessage
        public void text(String part, boolean last, Session session) throws IOException {
            session.getBasicRemote().sendText(part, last);
        }

        @OnMessage
        public void bytes(byte[] part, boolean last, Session session) throws IOException {
            session.getBasicRemote().sendBinary(ByteBuffer.wrap(part), last);
        }
    }

    interface Animal {}

    record Dog(String name) implements Animal {}

    public static class DogDecoder implements Decoder.Text<Dog> {
        @Override
        public Dog decode(String text) {
            return new Dog(text);
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    record Stone(int weight) {}

    public static class StoneDecoder implements Decoder.BinaryStream<Stone> {
        @Override
        public Stone decode(InputStream bytes) throws IOException {
            return new Stone(bytes.readAllBytes().length);
        }
    }

    /** A client endpoint without handlers of its own. */
    static final class Quiet extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    private Stage stage;
    private Session session;

    @BeforeEach
    void connect() throws Exception {
        stage = Stage.of(Mirror.class);
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .decoders(List.of(DogDecoder.class, StoneDecoder.class))
                .build();
        session = stage.server.container().connectToServer(new Quiet(), config, stage.at("mirror"));
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    /** A new handler each time, which a method reference would not be. */
    private static <T> MessageHandler.Whole<T> seeing() {
        return new MessageHandler.Whole<>() {
            @Override
            public void onMessage(T message) {
                Stage.see(message);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, ByteBuffer.class, PongMessage.class})
    @Tag("obligation-3.1")
    void aSecondHandlerOfAKindIsRefusedAndTheFirstStays(Class<?> type) {
        session.addMessageHandler(type, seeing());
        assertThatThrownBy(() -> session.addMessageHandler(type, seeing())).isInstanceOf(IllegalStateException.class);
        assertThat(session.getMessageHandlers()).hasSize(1);
    }

    @Test
    @Tag("obligation-3.1")
    void textBinaryAndPongMayEachHaveOne() {
        session.addMessageHandler(Reader.class, seeing());
        session.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>) (part, last) -> {});
        session.addMessageHandler(PongMessage.class, seeing());
        assertThat(session.getMessageHandlers()).hasSize(3);
        assertThatThrownBy(() -> session.addMessageHandler(Dog.class, seeing()))
                .isInstanceOf(IllegalStateException.class);
    }

    abstract static class Generic<A, B> implements MessageHandler.Whole<B> {
        @Override
        public void onMessage(B message) {
            Stage.see(message);
        }
    }

    static class HalfBound<C> extends Generic<Integer, C> {}

    static final class Bound extends HalfBound<String> {}

    interface Texts extends MessageHandler.Whole<String> {}

    static Stream<Arguments> typedHandlers() {
        return Stream.of(
                Arguments.of("through a chain of generic classes", new Bound()),
                Arguments.of("through an interface", new Texts() {
                    @Override
                    public void onMessage(String text) {
                        Stage.see(text);
                    }
                }),
                Arguments.of("of an anonymous class", new MessageHandler.Whole<String>() {
                    @Override
                    public void onMessage(String text) {
                        Stage.see(text);
                    }
                }),
                Arguments.of("of an anonymous class for parts", new MessageHandler.Partial<String>() {
                    @Override
                    public void onMessage(String text, boolean last) {
                        Stage.see(text);
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typedHandlers")
    @Tag("obligation-3.2")
    void theTypeOfAHandlerIsFound(String how, MessageHandler handler) throws Exception {
        session.addMessageHandler(handler);
        session.getBasicRemote().sendText("found");
        assertThat(Stage.next()).isEqualTo("found");
    }

    @Test
    @Tag("obligation-3.2")
    void aHandlerWithoutATypeIsRefused() {
        assertThatThrownBy(() -> session.addMessageHandler(new HalfBound<String>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HalfBound");
        assertThat(session.getMessageHandlers()).isEmpty();
    }

    @Test
    @Tag("obligation-3.3")
    void aLambdaTakesPartsWhenItsTypeIsTold() throws Exception {
        session.addMessageHandler(
                String.class, (MessageHandler.Partial<String>) (part, last) -> Stage.see(part + last));
        session.getBasicRemote().sendText("one");
        assertThat(Stage.next()).isEqualTo("onetrue");
    }

    @Test
    @Tag("obligation-3.3")
    @Tag("obligation-3.4")
    void textComesAsStringReaderOrDecoded() throws Exception {
        takesText(String.class, seeing(), "a");
        takesText(Reader.class, (MessageHandler.Whole<Reader>) reader -> Stage.see(read(reader)), "a");
        takesText(Dog.class, seeing(), new Dog("a"));
    }

    @Test
    @Tag("obligation-3.5")
    void aDecoderServesHandlersOfASupertype() throws Exception {
        takesText(Animal.class, seeing(), new Dog("a"));
    }

    private <T> void takesText(Class<T> type, MessageHandler.Whole<T> handler, Object expected) throws Exception {
        session.addMessageHandler(type, handler);
        session.getBasicRemote().sendText("a");
        assertThat(Stage.next()).isEqualTo(expected);
        session.removeMessageHandler(handler);
    }

    private static String read(Reader reader) {
        try {
            return "" + (char) reader.read();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Stream<Arguments> wrappers() {
        return Stream.of(
                Arguments.of(Integer.class, "12", 12),
                Arguments.of(Long.class, "12", 12L),
                Arguments.of(Boolean.class, "true", true),
                Arguments.of(Double.class, "1.5", 1.5),
                Arguments.of(Character.class, "x", 'x'));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    @Tag("obligation-3.5")
    void wrappersNeedNoDecoder(Class<?> type, String text, Object expected) throws Exception {
        session.addMessageHandler(type, seeing());
        session.getBasicRemote().sendText(text);
        assertThat(Stage.next()).isEqualTo(expected);
    }

    @Test
    @Tag("obligation-3.4")
    void bytesComeAsBufferArrayStreamOrDecoded() throws Exception {
        takesBytes(ByteBuffer.class, seeing(), ByteBuffer.wrap(new byte[] {7}));
        takesBytes(byte[].class, (MessageHandler.Whole<byte[]>) bytes -> Stage.see((int) bytes[0]), 7);
        takesBytes(InputStream.class, (MessageHandler.Whole<InputStream>) stream -> Stage.see(first(stream)), 7);
        takesBytes(Stone.class, seeing(), new Stone(1));
    }

    private <T> void takesBytes(Class<T> type, MessageHandler.Whole<T> handler, Object expected) throws Exception {
        session.addMessageHandler(type, handler);
        session.getBasicRemote().sendBinary(ByteBuffer.wrap(new byte[] {7}));
        assertThat(Stage.next()).isEqualTo(expected);
        session.removeMessageHandler(handler);
    }

    private static int first(InputStream stream) {
        try {
            return stream.read();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Test
    @Tag("obligation-3.4")
    void whatNothingMakesIsRefused() {
        assertThatThrownBy(() -> session.addMessageHandler(BigDecimal.class, seeing()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BigDecimal");
        assertThatThrownBy(() -> session.addMessageHandler(
                        Reader.class, (MessageHandler.Partial<Reader>) (part, last) -> Stage.see(part)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.addMessageHandler(
                        Dog.class, (MessageHandler.Partial<Dog>) (part, last) -> Stage.see(part)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("obligation-3.7")
    void aHandlerThatGotTheBeginningOfAMessageGetsItsEnd() throws Exception {
        MessageHandler.Partial<String> first = (part, last) -> Stage.see("first " + part);
        session.addMessageHandler(String.class, first);
        session.getBasicRemote().sendText("one", false);
        assertThat(Stage.next()).isEqualTo("first one");
        session.removeMessageHandler(first);
        session.addMessageHandler(
                String.class, (MessageHandler.Partial<String>) (part, last) -> Stage.see("second " + part));
        session.getBasicRemote().sendText("two", true);
        session.getBasicRemote().sendText("three");
        assertThat(Stage.next()).isEqualTo("first two");
        assertThat(Stage.next()).asString().startsWith("second").doesNotContain("two");
    }

    @Test
    @Tag("obligation-3.8")
    @Tag("obligation-3.11")
    void aRemovedHandlerGetsNoMoreAndMessagesWithoutHandlerAreDropped() throws Exception {
        MessageHandler.Whole<String> handler = seeing();
        session.addMessageHandler(String.class, handler);
        session.removeMessageHandler(handler);
        session.addMessageHandler(ByteBuffer.class, seeing());
        session.getBasicRemote().sendText("dropped");
        session.getBasicRemote().sendBinary(ByteBuffer.allocate(1));
        assertThat(Stage.next()).isEqualTo(ByteBuffer.allocate(1));
        assertThat(session.isOpen()).isTrue();
        session.addMessageHandler(String.class, handler);
        session.getBasicRemote().sendText("taken");
        assertThat(Stage.next()).isEqualTo("taken");
    }

    @Test
    @Tag("obligation-3.9")
    void theSetOfHandlersIsACopyThatCannotBeChanged() {
        MessageHandler.Whole<String> handler = seeing();
        session.addMessageHandler(String.class, handler);
        Set<MessageHandler> handlers = session.getMessageHandlers();
        session.removeMessageHandler(handler);
        assertThat(handlers).containsExactly(handler);
        assertThatThrownBy(handlers::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThat(session.getMessageHandlers()).isEmpty();
    }
}
