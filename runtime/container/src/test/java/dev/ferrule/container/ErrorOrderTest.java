package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.SessionException;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where failures go: the error method, the log, and in which order with the close (§5.2). */
@Timeout(20)
class ErrorOrderTest {
    private static final WireFrames FRAMES = WireFrames.client();

    private final BlockingQueue<LogRecord> log = new LinkedBlockingQueue<>();
    private final Logger logger = Logger.getLogger("dev.ferrule.container");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            log.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
    }

    private LogRecord logged() throws InterruptedException {
        LogRecord entry = log.poll(5, TimeUnit.SECONDS);
        assertThat(entry).as("a log entry within 5 s").isNotNull();
        return entry;
    }

    @ServerEndpoint("/violated")
    public static class Violated {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }

        @OnError
        public void error(Session session, Throwable error) {
            Stage.see(error);
            Stage.see(session.isOpen());
        }

        @OnClose
        public void close(CloseReason reason) {
            Stage.see(reason.getCloseCode().getCode());
        }
    }

    @Test
    @Tag("obligation-11.5")
    @Tag("obligation-11.6")
    void aViolationIsASessionExceptionAndThenTheCloseWithItsCode() throws Exception {
        try (Stage stage = Stage.of(Violated.class)) {
            MemoryPeer peer = stage.rawPeer("violated", true);
            peer.send(FRAMES.frame().opcode(3).bytes());
            Object session = Stage.next();
            Object error = Stage.next();
            assertThat(error).isInstanceOf(SessionException.class);
            assertThat(((SessionException) error).getSession()).isSameAs(session);
            assertThat(Stage.next()).as("open while its error method runs").isEqualTo(true);
            assertThat(Stage.next()).isEqualTo(1002);
        }
    }

    @ServerEndpoint("/mute")
    public static class Mute {
        @OnMessage
        public String text(String text) {
            if (text.equals("fail")) {
                throw new IllegalStateException("nobody hears this");
            }
            return text;
        }
    }

    @Test
    @Tag("obligation-11.2")
    @Tag("obligation-11.3")
    void withoutAnErrorMethodAFailureIsLoggedAndTheSessionStays() throws Exception {
        try (Stage stage = Stage.of(Mute.class)) {
            Peer peer = stage.connect("mute").send("fail");
            LogRecord entry = logged();
            assertThat(entry.getThrown()).hasMessage("nobody hears this");
            assertThat(entry.getMessage()).contains(Mute.class.getName());
            assertThat(peer.send("alive").next()).isEqualTo("alive");
            assertThat(log).isEmpty();
        }
    }

    @ServerEndpoint("/hapless")
    public static class Hapless {
        @OnMessage
        public String text(String text) {
            if (text.equals("fail")) {
                throw new IllegalStateException("first");
            }
            return text;
        }

        @OnError
        public void error(Throwable error) {
            Stage.see(error.getMessage());
            throw new IllegalStateException("second");
        }
    }

    @Test
    @Tag("obligation-11.2")
    void whatAnErrorMethodThrowsIsLoggedAndDoesNotComeBackToIt() throws Exception {
        try (Stage stage = Stage.of(Hapless.class)) {
            Peer peer = stage.connect("hapless").send("fail");
            LogRecord entry = logged();
            assertThat(entry.getThrown()).hasMessage("second");
            assertThat(entry.getThrown().getSuppressed())
                    .singleElement()
                    .satisfies(first -> assertThat(first).hasMessage("first"));
            assertThat(peer.send("alive").next()).isEqualTo("alive");
            assertThat(Stage.next()).isEqualTo("first");
            assertThat(Stage.rest()).isEmpty();
        }
    }

    public static class Fussy implements Decoder.Binary<StringBuilder> {
        @Override
        public StringBuilder decode(ByteBuffer bytes) throws DecodeException {
            throw new DecodeException(bytes, "not a builder");
        }

        @Override
        public boolean willDecode(ByteBuffer bytes) {
            return true;
        }
    }

    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> {
                throw new IllegalStateException(text);
            });
            session.addMessageHandler(StringBuilder.class, (MessageHandler.Whole<StringBuilder>) Stage::see);
            Stage.see(session);
        }

        @Override
        public void onError(Session session, Throwable error) {
            Stage.see(session);
            Stage.see(error);
        }
    }

    @Test
    @Tag("obligation-10.3")
    @Tag("obligation-11.1")
    void aProgrammaticEndpointGetsWhatHandlersDecodersAndPeersCause() throws Exception {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(Programmatic.class, "/programmatic")
                .decoders(List.of(Fussy.class))
                .build();
        try (Stage stage = Stage.with(builder -> builder.endpoint(config))) {
            MemoryPeer peer = stage.rawPeer("programmatic", true);
            Object session = Stage.next();
            peer.send(FRAMES.text("from a handler"));
            assertThat(Stage.next()).isSameAs(session);
            assertThat((Throwable) Stage.next())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("from a handler");
            peer.send(FRAMES.binary((byte) 1));
            assertThat(Stage.next()).isSameAs(session);
            assertThat((Throwable) Stage.next())
                    .isInstanceOf(DecodeException.class)
                    .hasMessage("not a builder");
            peer.send(FRAMES.frame().opcode(3).bytes());
            assertThat(Stage.next()).isSameAs(session);
            assertThat(Stage.next()).isInstanceOf(SessionException.class);
        }
    }

    public static class FailingEncoder implements jakarta.websocket.Encoder.Text<StringBuilder> {
        @Override
        public String encode(StringBuilder object) {
            throw new IllegalStateException("in the encoder");
        }
    }

    @ServerEndpoint(value = "/encoding", encoders = FailingEncoder.class)
    public static class Encoding {
        @OnMessage
        public StringBuilder text(String text) {
            return new StringBuilder(text);
        }

        @OnError
        public void error(Session session, Throwable error) {
            Stage.see(error.getMessage());
        }
    }

    @Test
    @Tag("obligation-11.1")
    void whatAnEncoderThrowsReachesTheErrorMethodOnce() throws Exception {
        try (Stage stage = Stage.of(Encoding.class)) {
            Peer peer = stage.connect("encoding").send("x").send("y");
            assertThat(Stage.next()).isEqualTo("in the encoder");
            assertThat(Stage.next()).isEqualTo("in the encoder");
            assertThat(peer.session.isOpen()).isTrue();
            assertThat(Stage.rest()).isEmpty();
        }
    }

    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        public String text(String text) {
            Stage.see(text);
            return text;
        }

        @OnError
        public void error(Throwable error) {
            Stage.see(error.getClass());
        }

        @OnClose
        public void close() {
            Stage.see("close");
        }
    }

    @Test
    @Tag("obligation-4.15")
    @Tag("obligation-11.4")
    void aReturnedValueThatWaitsWhenItsConnectionFailsGoesToTheErrorMethod() throws Exception {
        try (Stage stage = Stage.of(Echo.class)) {
            MemoryPeer peer = stage.rawPeer("echo", false);
            peer.send(FRAMES.text("under way"));
            assertThat(Stage.next()).isEqualTo("under way");
            peer.awaitBytes();
            peer.send(FRAMES.text("waits"));
            assertThat(Stage.next()).isEqualTo("waits");
            peer.send(FRAMES.text("last"));
            assertThat(Stage.next()).isEqualTo("last");
            peer.send(FRAMES.frame().opcode(3).bytes());
            List<Object> errors = new ArrayList<>();
            for (Object seen = Stage.next(); !seen.equals("close"); seen = Stage.next()) {
                errors.add(seen);
            }
            assertThat(errors).contains(SessionException.class, IOException.class);
        }
    }
}
