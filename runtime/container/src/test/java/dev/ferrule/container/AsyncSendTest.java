package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends of both remotes: what they refuse, when they are complete, and who learns how they went. */
@Timeout(20)
class AsyncSendTest {
    record Unsendable(String why) {}

    public static class Refusing implements Encoder.Text<Unsendable> {
        @Override
        public String encode(Unsendable object) throws EncodeException {
            throw new EncodeException(object, object.why());
        }
    }

    @ServerEndpoint(value = "/server", encoders = Refusing.class)
    public static class Server {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }

        @OnMessage
        public String text(String text) {
            return text;
        }

        @OnMessage
        public ByteBuffer bytes(ByteBuffer bytes) {
            return bytes;
        }
    }

    private static Session serverSide(Stage stage) throws Exception {
        stage.connect("server");
        return (Session) Stage.next();
    }

    private interface Call {
        void on(RemoteEndpoint.Basic basic, RemoteEndpoint.Async async) throws Exception;
    }

    private static final SendHandler HANDLER = result -> {};

    static Stream<Arguments> nulls() {
        return Stream.of(
                call("basic text", (basic, async) -> basic.sendText(null)),
                call("basic bytes", (basic, async) -> basic.sendBinary(null)),
                call("basic text part", (basic, async) -> basic.sendText(null, true)),
                call("basic part of bytes", (basic, async) -> basic.sendBinary(null, true)),
                call("basic object", (basic, async) -> basic.sendObject(null)),
                call("async text", (basic, async) -> async.sendText(null)),
                call("async text with handler", (basic, async) -> async.sendText(null, HANDLER)),
                call("async text with null handler", (basic, async) -> async.sendText("x", null)),
                call("async bytes", (basic, async) -> async.sendBinary(null)),
                call("async bytes with handler", (basic, async) -> async.sendBinary(null, HANDLER)),
                call("async bytes with null handler", (basic, async) -> async.sendBinary(ByteBuffer.allocate(1), null)),
                call("async object", (basic, async) -> async.sendObject(null)),
                call("async object with handler", (basic, async) -> async.sendObject(null, HANDLER)),
                call("async object with null handler", (basic, async) -> async.sendObject("x", null)),
                call("ping", (basic, async) -> basic.sendPing(null)),
                call("pong", (basic, async) -> async.sendPong(null)),
                call("a pong that is too long", (basic, async) -> async.sendPong(ByteBuffer.allocate(126))));
    }

    private static Arguments call(String name, Call call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nulls")
    @Tag("obligation-4.2")
    @Tag("obligation-4.11")
    void whatCannotBeSentIsRefusedAtOnce(String name, Call call) throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            Session session = serverSide(stage);
            assertThatThrownBy(() -> call.on(session.getBasicRemote(), session.getAsyncRemote()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    @Tag("obligation-4.1")
    @Tag("obligation-4.3")
    void aFutureOfASendThatSucceededGivesNull() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            RemoteEndpoint.Async remote = serverSide(stage).getAsyncRemote();
            assertThat(remote.sendText("x").get(5, TimeUnit.SECONDS)).isNull();
            assertThat(remote.sendBinary(ByteBuffer.allocate(3)).get(5, TimeUnit.SECONDS))
                    .isNull();
            assertThat(remote.sendObject(42).get(5, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    @Tag("obligation-4.3")
    @Tag("obligation-4.10")
    void whatCannotBeEncodedFailsItsFuture() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            Session session = serverSide(stage);
            Future<Void> refused = session.getAsyncRemote().sendObject(new Unsendable("so"));
            assertThatThrownBy(() -> refused.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EncodeException.class);
            Future<Void> unknown = session.getAsyncRemote().sendObject(new Object());
            assertThatThrownBy(() -> unknown.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(EncodeException.class);
        }
    }

    @Test
    void theSettingDecidesWhatAFullQueueDoes() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(Server.class)
                .set("ferrule.send.policy", "drop-oldest")
                .set("ferrule.send.cap", "1K"))) {
            MemoryPeer deaf = stage.rawPeer("server", false);
            RemoteEndpoint.Async remote = ((Session) Stage.next()).getAsyncRemote();
            remote.sendText("under way");
            deaf.awaitBytes();
            Future<Void> oldest = remote.sendText("a".repeat(600));
            Future<Void> newest = remote.sendText("b".repeat(600));
            assertThatThrownBy(() -> oldest.get(5, TimeUnit.SECONDS)).hasMessageContaining("Dropped");
            assertThat(newest.isDone()).isFalse();
        }
    }

    @Test
    @Tag("obligation-4.3")
    @Tag("obligation-4.4")
    void aHandlerIsCalledOnceForEachSend() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            Session session = serverSide(stage);
            BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
            session.getAsyncRemote().sendObject(new Unsendable("so"), results::add);
            SendResult failed = results.poll(5, TimeUnit.SECONDS);
            assertThat(failed.isOK()).isFalse();
            assertThat(failed.getException()).isInstanceOf(EncodeException.class);
            assertThat(failed.getSession()).isSameAs(session);
            for (int i = 0; i < 20; i++) {
                session.getAsyncRemote().sendText("x", results::add);
            }
            for (int i = 0; i < 20; i++) {
                SendResult sent = results.poll(5, TimeUnit.SECONDS);
                assertThat(sent.isOK()).isTrue();
                assertThat(sent.getException()).isNull();
                assertThat(sent.getSession()).isSameAs(session);
            }
            await().during(Duration.ofMillis(50)).until(results::isEmpty);
        }
    }

    @Test
    @Tag("obligation-4.6")
    void anAsynchronousSendLeavesTheBufferAtItsLimit() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            ByteBuffer bytes = ByteBuffer.allocate(10).limit(8).position(2);
            serverSide(stage).getAsyncRemote().sendBinary(bytes).get(5, TimeUnit.SECONDS);
            assertThat(bytes.position()).isEqualTo(8);
            assertThat(bytes.limit()).isEqualTo(8);
        }
    }

    @Test
    @Tag("obligation-4.5")
    @Tag("obligation-12.11")
    void theSendTimeoutOfANewSessionIsTheContainersAndIsItsOwnThen() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            assertThat(stage.server.container().getDefaultAsyncSendTimeout()).isEqualTo(-1);
            stage.server.container().setAsyncSendTimeout(12_345);
            Session session = serverSide(stage);
            assertThat(session.getAsyncRemote().getSendTimeout()).isEqualTo(12_345);
            session.getAsyncRemote().setSendTimeout(7);
            assertThat(session.getAsyncRemote().getSendTimeout()).isEqualTo(7);
            assertThat(stage.server.container().getDefaultAsyncSendTimeout()).isEqualTo(12_345);
        }
    }

    @Test
    @Tag("obligation-4.1")
    @Tag("obligation-4.5")
    void aSendThatNobodyReadsReturnsAtOnceAndTimesOut() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            stage.rawPeer("server", false);
            Session session = (Session) Stage.next();
            session.getAsyncRemote().setSendTimeout(0);
            Future<Void> unlimited = session.getAsyncRemote().sendText("no timeout");
            await().during(Duration.ofMillis(100)).until(() -> !unlimited.isDone());
            session.getAsyncRemote().setSendTimeout(50);
            BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
            session.getAsyncRemote().sendText("50 ms", results::add);
            SendResult result = results.poll(5, TimeUnit.SECONDS);
            assertThat(result.isOK()).isFalse();
            assertThat(result.getSession()).isSameAs(session);
        }
    }

    @Test
    @Tag("obligation-4.12")
    void batchingIsOffAndSwitchingItOffAgainFlushes() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            Peer peer = stage.connect("server");
            RemoteEndpoint.Basic remote = ((Session) Stage.next()).getBasicRemote();
            assertThat(remote.getBatchingAllowed()).isFalse();
            remote.flushBatch();
            remote.setBatchingAllowed(true);
            assertThat(remote.getBatchingAllowed()).isTrue();
            remote.sendText("batched");
            await().during(Duration.ofMillis(50)).until(() -> !peer.hasReceivedMore());
            remote.setBatchingAllowed(false);
            assertThat(peer.next()).isEqualTo("batched");
        }
    }

    @Test
    @Tag("obligation-4.12")
    void aBatchedSendIsCompleteBeforeItIsFlushed() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            Peer peer = stage.connect("server");
            RemoteEndpoint.Async remote = ((Session) Stage.next()).getAsyncRemote();
            remote.setBatchingAllowed(true);
            assertThat(remote.sendText("batched").get(5, TimeUnit.SECONDS)).isNull();
            await().during(Duration.ofMillis(50)).until(() -> !peer.hasReceivedMore());
            remote.flushBatch();
            assertThat(peer.next()).isEqualTo("batched");
        }
    }

    @ServerEndpoint("/returning")
    public static class Returning {
        @OnMessage
        public String text(String text, Session session) throws IOException {
            if (text.equals("close")) {
                session.close();
            } else {
                await().until(() -> session.getOpenSessions().isEmpty());
            }
            return "too late";
        }

        @OnError
        public void error(Throwable error) {
            Stage.see(error);
        }

        @OnClose
        public void close() {
            Stage.see("close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "wait"})
    @Tag("obligation-4.15")
    void aReturnedValueThatComesTooLateGoesToTheErrorMethod(String what) throws Exception {
        try (Stage stage = Stage.of(Returning.class)) {
            Peer peer = stage.connect("returning").send(what);
            peer.session.close();
            assertThat(Stage.next()).isInstanceOf(IOException.class);
            assertThat(Stage.next()).isEqualTo("close");
        }
    }

    @Test
    @Tag("obligation-4.9")
    void aSendWriterSendsNothingUntouchedAndAnEmptyMessageForAnEmptyWrite() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            Peer peer = stage.connect("server");
            RemoteEndpoint.Basic remote = ((Session) Stage.next()).getBasicRemote();
            remote.getSendWriter().close();
            try (Writer writer = remote.getSendWriter()) {
                writer.write("");
            }
            remote.sendText("behind");
            assertThat(peer.next()).isEqualTo("");
            assertThat(peer.next()).isEqualTo("behind");
        }
    }

    @Test
    @Tag("obligation-4.13")
    void aBlockingSendIntoABatchIsRefusedWhenTheSessionIsClosed() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            Session session = serverSide(stage);
            session.getBasicRemote().setBatchingAllowed(true);
            session.close();
            assertThatThrownBy(() -> session.getBasicRemote().sendText("x")).isInstanceOf(IOException.class);
        }
    }

    @Test
    @Tag("obligation-4.13")
    void aBlockingSendIntoABatchWaitsForRoomAsOthersDo() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(Server.class)
                .set("ferrule.send.cap", "1M")
                .set("ferrule.send.high-water-mark", "256K")
                .set("ferrule.send.low-water-mark", "64K"))) {
            MemoryPeer peer = stage.rawPeer("server", false);
            Session session = (Session) Stage.next();
            session.getBasicRemote().setBatchingAllowed(true);
            Thread sender = new Thread(() -> {
                try {
                    while (true) {
                        session.getBasicRemote().sendBinary(ByteBuffer.allocate(60_000));
                    }
                } catch (IOException over) {
                    Stage.see(over.getMessage());
                }
            });
            sender.start();
            await().untilAsserted(() -> assertThat(sender.getState()).isEqualTo(Thread.State.WAITING));
            peer.cut();
            assertThat(Stage.next()).asString().contains("is closed");
        }
    }

    @Test
    @Tag("obligation-4.5")
    void theSendTimeoutHoldsForWhoWaitsForRoom() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(Server.class)
                .set("ferrule.send.policy", "block")
                .set("ferrule.send.high-water-mark", "64K")
                .set("ferrule.send.low-water-mark", "16K"))) {
            stage.rawPeer("server", false);
            Session session = (Session) Stage.next();
            session.getAsyncRemote().sendBinary(ByteBuffer.allocate(100_000));
            session.getAsyncRemote().setSendTimeout(100);
            Future<Void> late = session.getAsyncRemote().sendText("x");
            assertThatThrownBy(() -> late.get(5, TimeUnit.SECONDS)).hasMessageContaining("timed out");
            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void aSendTimeoutBeyondAllTimeIsNone() throws Exception {
        try (Stage stage = Stage.of(Server.class)) {
            MemoryPeer peer = stage.rawPeer("server", false);
            Session session = (Session) Stage.next();
            session.getAsyncRemote().setSendTimeout(Long.MAX_VALUE);
            Future<Void> sent = session.getAsyncRemote().sendText("x");
            peer.awaitBytes();
            await().during(Duration.ofMillis(300)).until(session::isOpen);
            assertThat(sent).isNotDone();
        }
    }
}
