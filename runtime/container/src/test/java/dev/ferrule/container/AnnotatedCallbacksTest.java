package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the callbacks of annotated endpoints get and give (§4.3 to §4.8). */
@Timeout(20)
class AnnotatedCallbacksTest {
    @ServerEndpoint("/final")
    public static final class Final {
        @OnMessage
        private String text(String text) {
            return "private " + text;
        }

        @OnMessage
        int bytes(byte[] bytes) {
            return bytes.length;
        }

        @OnClose
        protected void close() {
            Stage.see("close");
        }
    }

    @Test
    @Tag("obligation-9.1")
    @Tag("obligation-9.21")
    void callbacksOfEveryVisibilityAreCalledInFinalClassesToo() throws Exception {
        try (Stage stage = Stage.of(Final.class)) {
            Peer peer = stage.connect("final");
            assertThat(peer.send("x").next()).isEqualTo("private x");
            peer.session.getBasicRemote().sendBinary(ByteBuffer.allocate(2));
            assertThat(peer.next()).isEqualTo("2");
            peer.session.close();
            assertThat(Stage.next()).isEqualTo("close");
        }
    }

    @ServerEndpoint("/least")
    public static class Least {
        @OnOpen
        public void open() {
            Stage.see("open");
        }

        @OnMessage
        public void text(String text) {
            throw new IllegalStateException(text);
        }

        @OnError
        public void error(Throwable error) {
            Stage.see(error.getMessage());
        }

        @OnClose
        public void close() {
            Stage.see("close");
        }
    }

    @ServerEndpoint("/most/{room}/{floor}")
    public static class Most {
        @OnOpen
        public void open(@PathParam("floor") int floor, EndpointConfig config, Session session) {
            Stage.see("open " + floor + (config != null) + session.isOpen());
        }

        @OnMessage
        public void text(Session session, @PathParam("floor") Long floor, String text, @PathParam("room") String room) {
            throw new IllegalStateException("text " + text + floor + room + session.isOpen());
        }

        @OnError
        public void error(@PathParam("room") String room, Throwable error, Session session) {
            Stage.see(error.getMessage() + " error " + room + session.isOpen());
        }

        @OnClose
        public void close(CloseReason reason, @PathParam("room") String room, Session session) {
            Stage.see("close " + reason.getCloseCode().getCode() + room
                    + session.getId().isEmpty());
        }
    }

    @Test
    @Tag("obligation-9.11")
    @Tag("obligation-9.12")
    @Tag("obligation-9.13")
    void everyParameterButTheErrorMayBeLeftOut() throws Exception {
        try (Stage stage = Stage.of(Least.class)) {
            stage.connect("least").send("x").session.close();
            assertThat(List.of(Stage.next(), Stage.next(), Stage.next())).containsExactly("open", "x", "close");
        }
    }

    @Test
    @Tag("obligation-9.8")
    @Tag("obligation-9.11")
    @Tag("obligation-9.12")
    @Tag("obligation-9.13")
    @Tag("obligation-9.22")
    void everyParameterMayStandAnywhere() throws Exception {
        try (Stage stage = Stage.of(Most.class)) {
            stage.connect("most/r/3").send("x").session.close();
            assertThat(List.of(Stage.next(), Stage.next(), Stage.next()))
                    .containsExactly("open 3truetrue", "text x3rtrue error rtrue", "close 1000rfalse");
        }
    }

    @ServerEndpoint("/converting/{value}")
    public static class Converting {
        @OnMessage
        public String text(
                String wanted,
                @PathParam("value") boolean aBoolean,
                @PathParam("value") Boolean boxedBoolean,
                @PathParam("value") String string,
                @PathParam("unknown") String unknown,
                @PathParam("unknown") Integer unknownToo) {
            return Arrays.asList(aBoolean, boxedBoolean, string, unknown, unknownToo)
                    .toString();
        }
    }

    @ServerEndpoint("/numbers/{value}")
    public static class Numbers {
        @OnMessage
        public String text(
                String wanted,
                @PathParam("value") byte aByte,
                @PathParam("value") Byte boxedByte,
                @PathParam("value") short aShort,
                @PathParam("value") Short boxedShort,
                @PathParam("value") int anInt,
                @PathParam("value") Integer boxedInt,
                @PathParam("value") long aLong,
                @PathParam("value") Long boxedLong,
                @PathParam("value") float aFloat,
                @PathParam("value") Float boxedFloat,
                @PathParam("value") double aDouble,
                @PathParam("value") Double boxedDouble,
                @PathParam("value") char aChar,
                @PathParam("value") Character boxedChar) {
            return List.of(
                            aByte,
                            boxedByte,
                            aShort,
                            boxedShort,
                            anInt,
                            boxedInt,
                            aLong,
                            boxedLong,
                            aFloat,
                            boxedFloat,
                            aDouble,
                            boxedDouble,
                            aChar,
                            boxedChar)
                    .toString();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "converting/true|[true, true, true, null, null]",
                "converting/yes|[false, false, yes, null, null]",
                "numbers/7|[7, 7, 7, 7, 7, 7, 7, 7, 7.0, 7.0, 7.0, 7.0, 7, 7]"
            })
    @Tag("obligation-9.8")
    @Tag("obligation-9.9")
    @Tag("obligation-9.10")
    void pathParametersConvertToEveryPrimitiveAndWrapper(String path, String expected) throws Exception {
        try (Stage stage = Stage.of(Converting.class, Numbers.class)) {
            assertThat(stage.connect(path).send("x").next()).isEqualTo(expected);
        }
    }

    @ServerEndpoint("/failing/{number}/{letter}")
    public static class Failing {
        @OnOpen
        public void open(@PathParam("number") int number) {}

        @OnClose
        public void close(@PathParam("letter") char letter) {}

        @OnError
        public void error(Throwable error) {
            Stage.see(error instanceof DecodeException failure ? failure.getText() : String.valueOf(error));
        }
    }

    @ParameterizedTest(name = "{0} fails for {1}")
    @CsvSource({"failing/many/x, many", "failing/1/two, two", "failing/99999999999/x, 99999999999"})
    @Tag("obligation-9.10")
    void aSegmentThatDoesNotConvertGoesToTheErrorMethod(String path, String segment) throws Exception {
        try (Stage stage = Stage.of(Failing.class)) {
            stage.connect(path).session.close();
            assertThat(Stage.next()).isEqualTo(segment);
        }
    }

    @ServerEndpoint("/failing-close")
    public static class FailingClose {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }

        @OnClose
        public void close() throws IOException {
            throw new IOException("in close");
        }

        @OnError
        public void error(Session session, Throwable error) {
            Stage.see(session);
            Stage.see(error.getMessage());
        }
    }

    @Test
    @Tag("obligation-9.12")
    @Tag("obligation-11.1")
    void whatCloseThrowsGoesToTheErrorMethodWithTheSession() throws Exception {
        try (Stage stage = Stage.of(FailingClose.class)) {
            stage.connect("failing-close").session.close();
            Object session = Stage.next();
            assertThat(Stage.next()).isSameAs(session);
            assertThat(Stage.next()).isEqualTo("in close");
        }
    }

    @ServerEndpoint("/returning-primitive")
    public static class ReturningPrimitive {
        @OnMessage
        public char text(String text) {
            return text.charAt(0);
        }

        @OnMessage
        public Float bytes(ByteBuffer bytes) {
            return 0.5f;
        }
    }

    @Test
    @Tag("obligation-9.18")
    void whatIsReturnedIsSentAndNullIsNot() throws Exception {
        try (Stage stage = Stage.of(ReturningPrimitive.class, Texts.class)) {
            Peer peer = stage.connect("returning-primitive");
            assertThat(peer.send("xyz").next()).isEqualTo("x");
            peer.session.getBasicRemote().sendBinary(ByteBuffer.allocate(1));
            assertThat(peer.next()).isEqualTo("0.5");
            Peer texts = stage.connect("texts").send("null").send("then");
            assertThat(texts.next()).isEqualTo("then");
        }
    }

    @ServerEndpoint("/texts")
    public static class Texts {
        @OnMessage
        public String text(String text) {
            return text.equals("null") ? null : text;
        }
    }

    @ServerEndpoint("/flag/{flag}")
    public static class Flag {
        @OnMessage
        public void part(String part, @PathParam("flag") boolean flag, Session session, boolean last)
                throws IOException {
            if (last) {
                session.getBasicRemote().sendText(part + " " + flag);
            }
        }

        @OnMessage
        public void part(Boolean last, ByteBuffer part, Session session) throws IOException {
            session.getBasicRemote().sendText(part.remaining() + " " + last);
        }
    }

    @ServerEndpoint("/boolean")
    public static class BooleanAlone {
        @OnMessage
        public boolean not(boolean value) {
            return !value;
        }
    }

    @Test
    @Tag("obligation-9.16")
    void aBooleanIsTheMessageTheFlagOrAPathParameter() throws Exception {
        try (Stage stage = Stage.of(Flag.class, BooleanAlone.class)) {
            Peer peer = stage.connect("flag/false");
            assertThat(peer.send("text").next()).isEqualTo("text false");
            peer.session.getBasicRemote().sendBinary(ByteBuffer.allocate(3));
            assertThat(peer.next()).isEqualTo("3 true");
            assertThat(stage.connect("boolean").send("false").next()).isEqualTo("true");
        }
    }

    public static class Inherited {
        @OnMessage
        public String text(String text) {
            return "inherited " + text;
        }

        @OnOpen
        public void open() {
            Stage.see("inherited open");
        }
    }

    @ServerEndpoint("/child")
    public static class Child extends Inherited {
        @Override
        public void open() {
            Stage.see("never");
        }
    }

    @ServerEndpoint("/forgetful")
    public static class Forgetful {
        private MessageHandler never;

        @OnOpen
        public void open(Session session) {
            session.removeMessageHandler(never);
        }

        @OnMessage
        public String text(String text) {
            return text;
        }
    }

    @Test
    void toRemoveNoHandlerRemovesNoCallback() throws Exception {
        try (Stage stage = Stage.of(Forgetful.class)) {
            assertThat(stage.connect("forgetful").send("x").next()).isEqualTo("x");
        }
    }

    /** Not public: javac gives its subclasses methods that pass calls on to its own. */
    static class Hidden {
        @OnMessage
        public String text(String text) {
            return "hidden " + text;
        }

        @OnError
        public void failed(Throwable failure) {
            Stage.see("hidden " + failure.getMessage());
        }
    }

    @ServerEndpoint("/revealed")
    public static class Revealed extends Hidden {
        /** Is no callback, and overrides none: it is more special. */
        public void failed(IllegalStateException failure) {
            Stage.see("never");
        }

        @OnOpen
        public void open() {
            throw new IllegalStateException("open");
        }
    }

    @ServerEndpoint("/text")
    public static class RevealedText extends Hidden {
        /** Is no callback, and overrides none: it is less special. */
        public String text(CharSequence text) {
            return "never " + text;
        }
    }

    /** Not public, either. */
    abstract static class Generic<T> {
        @OnMessage
        public String on(T message) {
            return "generic " + message;
        }
    }

    @ServerEndpoint("/special")
    public static class Special extends Generic<String> {
        @Override
        @OnMessage
        public String on(String message) {
            return "special " + message;
        }
    }

    @Test
    @Tag("obligation-9.20")
    void aPublicMethodOfASuperclassThatIsNotPublicIsACallback() throws Exception {
        try (Stage stage = Stage.of(Revealed.class)) {
            stage.connect("revealed");
            assertThat(Stage.next()).isEqualTo("hidden open");
        }
        try (Stage stage = Stage.of(RevealedText.class)) {
            assertThat(stage.connect("text").send("x").next()).isEqualTo("hidden x");
        }
    }

    @Test
    @Tag("obligation-9.20")
    void anOverrideOfAGenericMethodTakesItsPlace() throws Exception {
        try (Stage stage = Stage.of(Special.class)) {
            assertThat(stage.connect("special").send("x").next()).isEqualTo("special x");
        }
    }

    @Test
    @Tag("obligation-9.20")
    void anInheritedMethodIsACallbackUnlessItIsOverridden() throws Exception {
        try (Stage stage = Stage.of(Child.class)) {
            assertThat(stage.connect("child").send("x").next()).isEqualTo("inherited x");
            assertThat(Stage.rest()).isEmpty();
        }
    }
}
