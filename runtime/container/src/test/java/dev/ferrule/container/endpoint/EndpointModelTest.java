package dev.ferrule.container.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.session.CatalogShapes;
import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.CoderProvider;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an annotated class may look like (§4), and what people are told when it does not. */
class EndpointModelTest {
    private final List<String> problems = new ArrayList<>();

    private EndpointModel read(Class<?> type) {
        CoderCatalog none = CoderCatalog.of(
                List.of(), List.of(), List.of(), new CoderProvider.Context(type, CoderProvider.Beans.NONE), problems);
        return EndpointModel.read(type, Set.of("room"), new CatalogShapes(none), CallbackGuard.NONE, problems);
    }

    static class Everything {
        @OnOpen
        void open(@PathParam("room") String room, Session session) {}

        @OnMessage
        int text(String text, Session session, @PathParam("room") Integer room) {
            return 1;
        }

        @OnMessage
        void bytes(byte[] part, boolean last) {}

        @OnMessage
        void pong(PongMessage pong) {}

        @OnClose
        void close(CloseReason reason) {}

        @OnError
        private void error(Throwable error) {}
    }

    @Test
    @Tag("obligation-9.15")
    @Tag("obligation-9.21")
    void aClassWithEveryCallbackIsRead() {
        EndpointModel model = read(Everything.class);
        assertThat(problems).isEmpty();
        assertThat(model.messages()).hasSize(3);
        assertThat(model.callbacks()).hasSize(6);
    }

    abstract static class Parts<T> {
        @OnMessage
        void on(T part, boolean last) {}
    }

    static class TextParts extends Parts<String> {}

    @Test
    void partsMayBeOfATypeThatASubclassGives() {
        EndpointModel model = read(TextParts.class);
        assertThat(problems).isEmpty();
        assertThat(model.messages())
                .singleElement()
                .extracting(message -> message.shape().kind())
                .isEqualTo(MessageShape.Kind.TEXT);
    }

    abstract static class Arrays<T> {
        @OnMessage
        void on(List<T>[] message) {}
    }

    static class TextArrays extends Arrays<String> {}

    @Test
    void anArrayOfAGenericTypeIsToldAsItIsWritten() {
        read(TextArrays.class);
        assertThat(problems).singleElement().asString().contains("no decoder makes java.util.List<java.lang.String>[]");
    }

    static class ManyMistakes {
        @OnOpen
        void open(Session session, Session again) {}

        @OnOpen
        void openToo(String what) {}

        @OnMessage
        void first(String text) {}

        @OnMessage
        void second(Reader text) {}

        @OnMessage
        void unknown(BigDecimal number) {}

        @OnMessage
        void together(String text, int flag) {}

        @OnMessage
        Thread returning(ByteBuffer bytes) {
            return Thread.currentThread();
        }

        @OnMessage(maxMessageSize = 3_000_000_000L)
        void large(PongMessage pong) {}

        @OnError
        void error(Session session) {}

        @OnClose
        static void close(@PathParam("room") StringBuilder room, @PathParam("none") int none) {}
    }

    @Test
    @Tag("obligation-3.14")
    @Tag("obligation-9.8")
    @Tag("obligation-9.9")
    @Tag("obligation-9.14")
    @Tag("obligation-9.15")
    @Tag("obligation-9.19")
    @Tag("obligation-9.22")
    void everyProblemIsReportedAtOnceWithMethodAndParameter() {
        read(ManyMistakes.class);
        String all = String.join("\n", problems);
        assertThat(all)
                .contains("open(Session, Session): the parameter Session again occurs twice")
                .contains("@OnOpen stands on several methods")
                .contains("Both " + ManyMistakes.class.getName() + ".first(String) and " + ManyMistakes.class.getName()
                        + ".second(Reader) take text messages")
                .contains("unknown(BigDecimal): the parameter BigDecimal number cannot be a message")
                .contains("together(String, int) has parameters that do not go together")
                .contains("returning(ByteBuffer) returns java.lang.Thread, for which there is no encoder")
                .contains("large(PongMessage) has a maxMessageSize of 3000000000")
                .contains("error(Session) has no parameter of type Throwable")
                .contains("the parameter StringBuilder room with @PathParam must be a String")
                .contains("the parameter int none can never have a value")
                .contains("close(StringBuilder, int) is static");
    }

    static class ReaderWithFlag {
        @OnMessage
        void on(Reader reader, boolean last) {}
    }

    static class StreamWithFlag {
        @OnMessage
        void on(InputStream stream, boolean last) {}
    }

    static class PongWithFlag {
        @OnMessage
        void on(PongMessage pong, boolean last) {}
    }

    static class BytesWithInt {
        @OnMessage
        void on(ByteBuffer bytes, int last) {}
    }

    static class Nothing {
        @OnMessage
        void on(Session session) {}
    }

    @Tag("obligation-9.15")
    @ParameterizedTest
    @ValueSource(
            classes = {ReaderWithFlag.class, StreamWithFlag.class, PongWithFlag.class, BytesWithInt.class, Nothing.class
            })
    void aFlagGoesOnlyWithWhatComesInParts(Class<?> type) {
        read(type);
        assertThat(problems).hasSize(1);
    }

    static class FlagFirst {
        @OnMessage
        void on(boolean last, String part) {}
    }

    @Test
    @Tag("obligation-9.16")
    @Tag("obligation-9.22")
    void aFlagMayComeBeforeItsPart() {
        EndpointModel model = read(FlagFirst.class);
        assertThat(problems).isEmpty();
        assertThat(model.messages().get(0).shape().parts()).isTrue();
    }

    static class BooleanAlone {
        @OnMessage
        void on(boolean value) {}
    }

    @Test
    @Tag("obligation-9.16")
    void aBooleanAloneIsAConvertedText() {
        EndpointModel model = read(BooleanAlone.class);
        assertThat(model.messages().get(0).shape().form()).isEqualTo(MessageShape.Form.PRIMITIVE);
    }

    static class Parent<T> {
        @OnMessage
        void on(T message) {}

        @OnOpen
        void open() {}

        @OnClose
        void close() {}
    }

    static class Child extends Parent<String> {
        @Override
        void open() {}

        @OnClose
        @Override
        void close() {}
    }

    @Test
    @Tag("obligation-9.20")
    void anInheritedCallbackSeesTheTypeThatItsSubclassBinds() {
        EndpointModel model = read(Child.class);
        assertThat(problems).isEmpty();
        assertThat(model.messages().get(0).shape().form()).isEqualTo(MessageShape.Form.STRING);
    }

    @Test
    void anOverrideWithoutTheAnnotationGetsNoCallback() {
        assertThat(read(Child.class).open()).isNull();
    }

    @Test
    @Tag("obligation-9.20")
    void anOverrideWithTheAnnotationIsTheCallback() {
        EndpointModel model = read(Child.class);
        assertThat(model.close()).isNotNull();
        assertThat(model.close().method().getDeclaringClass()).isEqualTo(Child.class);
    }

    static class Doubled extends Parent<ByteBuffer> {
        @OnOpen
        void openAlso() {}
    }

    @Test
    @Tag("obligation-9.20")
    void anInheritedCallbackAndAnOwnOneAreTwo() {
        read(Doubled.class);
        assertThat(problems).hasSize(1).first().asString().contains("@OnOpen stands on several methods");
    }

    static class AllOnce {
        @OnMessage
        void text(String text) {}

        @OnClose
        void close() {}

        @OnError
        void error(Throwable error) {}
    }

    static class MessageTwice extends AllOnce {
        @OnMessage
        void reader(Reader text) {}
    }

    static class CloseTwice extends AllOnce {
        @OnClose
        void closeAlso() {}
    }

    static class ErrorTwice extends AllOnce {
        @OnError
        void errorAlso(Throwable error) {}
    }

    @ParameterizedTest
    @ValueSource(classes = {MessageTwice.class, CloseTwice.class, ErrorTwice.class})
    @Tag("obligation-9.14")
    @Tag("obligation-9.19")
    @Tag("obligation-9.20")
    void thatHoldsForEveryEventAndKindOfMessage(Class<?> type) {
        read(type);
        assertThat(problems).hasSize(1);
    }

    static class OtherKind extends AllOnce {
        @OnMessage
        void bytes(byte[] bytes) {}
    }

    @Test
    @Tag("obligation-9.20")
    void anInheritedMessageMethodStandsBesideAnOwnOneOfAnotherKind() {
        assertThat(read(OtherKind.class).messages()).hasSize(2);
        assertThat(problems).isEmpty();
    }
}
