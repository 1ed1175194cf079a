package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages in parts, and what may come between them (WSC-5.1.5). */
@Timeout(20)
class PartsOrderTest {
    private static final WireFrames FRAMES = WireFrames.client();
    private static final int MESSAGES = 50;

    @ServerEndpoint("/parts")
    public static class Parts {
        @OnMessage
        public void text(String part, boolean last) {
            Stage.see(part + (last ? "." : ""));
        }

        @OnMessage
        public void bytes(ByteBuffer bytes) {
            Stage.see("bytes");
        }
    }

    @Test
    @Tag("obligation-1.6")
    @Tag("obligation-4.7")
    void partsComeInOrderWithTheLastMarked() throws Exception {
        try (Stage stage = Stage.of(Parts.class)) {
            MemoryPeer peer = stage.rawPeer("parts", true);
            peer.send(FRAMES.text("a", false));
            peer.send(FRAMES.continuation("b", false));
            peer.send(FRAMES.ping((byte) 1));
            peer.send(FRAMES.continuation("c", true));
            peer.send(FRAMES.binary((byte) 1));
            List<Object> seen = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (Object next = Stage.next(); !next.equals("bytes"); next = Stage.next()) {
                seen.add(next);
                text.append(next);
            }
            assertThat(text).hasToString("abc.");
            assertThat(seen.subList(0, seen.size() - 1))
                    .noneMatch(part -> part.toString().endsWith("."));
        }
    }

    @Test
    @Tag("obligation-1.6")
    @Tag("obligation-4.8")
    void noOtherMessageComesBetweenPartsHoweverManyThreadsSend() throws Exception {
        try (Stage stage = Stage.of(Parts.class)) {
            Session session = stage.connect("parts").session;
            Thread other = new Thread(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    session.getAsyncRemote().sendBinary(ByteBuffer.allocate(1));
                    Thread.yield();
                }
            });
            other.start();
            for (int i = 0; i < MESSAGES; i++) {
                session.getBasicRemote().sendText("a", false);
                Thread.yield();
                session.getBasicRemote().sendText("b", false);
                Thread.yield();
                session.getBasicRemote().sendText("c", true);
            }
            other.join();
            StringBuilder all = new StringBuilder();
            while (all.length() < MESSAGES * ("abc.".length() + 1)) {
                Object next = Stage.next();
                all.append(next.equals("bytes") ? "!" : next);
            }
            assertThat(all.toString().replace("abc.", "").replace("!", "")).isEmpty();
        }
    }

    @ServerEndpoint("/sending")
    public static class Sending {
        @OnOpen
        public void open(Session session) {
            Stage.see(session);
        }
    }

    private static void inBackground(ThrowingCallable work) {
        Thread thread = new Thread(() -> {
            try {
                work.call();
            } catch (Throwable failure) {
                Stage.see(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    @Tag("obligation-4.8")
    void aMessageInPartsDoesNotWaitForWhatItHoldsBack() throws Exception {
        try (Stage stage = Stage.of(Sending.class)) {
            stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            inBackground(() -> {
                try (OutputStream out = session.getBasicRemote().getSendStream()) {
                    out.write(new byte[20_000]);
                    out.flush();
                    for (int i = 0; i < 3; i++) {
                        session.getAsyncRemote().sendBinary(ByteBuffer.allocate(500_000), result -> Stage.see("sent"));
                    }
                    out.write(new byte[20_000]);
                }
                Stage.see("streamed");
            });
            List<Object> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                seen.add(Stage.next());
            }
            assertThat(seen).containsExactlyInAnyOrder("streamed", "sent", "sent", "sent");
        }
    }

    @Test
    void aMessageOfWhichAPartWasLostIsNotEndedAsIfItWereWhole() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(Sending.class).set("ferrule.send.budget", "100K"))) {
            stage.rawPeer("sending", false);
            Session other = (Session) Stage.next();
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            OutputStream out = session.getBasicRemote().getSendStream();
            out.write(1);
            out.flush();
            other.getAsyncRemote().sendBinary(ByteBuffer.allocate(100_000));
            out.write(new byte[10_000]);
            assertThatThrownBy(out::flush).hasMessageContaining("ferrule.send.budget");
            other.close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, null));
            out.close();
            await().untilAsserted(() ->
                    assertThat(peer.received()).startsWith("02010188").contains("03f5"));
        }
    }

    @Test
    void aMessageOfWhichTheFirstPartWasLostDoesNotBegin() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(Sending.class).set("ferrule.send.budget", "100K"))) {
            stage.rawPeer("sending", false);
            Session other = (Session) Stage.next();
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            other.getAsyncRemote().sendBinary(ByteBuffer.allocate(100_000));
            OutputStream out = session.getBasicRemote().getSendStream();
            out.write(new byte[10_000]);
            assertThatThrownBy(out::flush).hasMessageContaining("ferrule.send.budget");
            other.close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, null));
            assertThatThrownBy(() -> out.write(1)).hasMessageContaining("A part of this message could not be sent");
            out.close();
            await().until(() -> canSend(session));
            assertThat(peer.received()).isEqualTo("810178");
        }
    }

    private static boolean canSend(Session session) {
        try {
            session.getBasicRemote().sendText("x");
            return true;
        } catch (IOException budget) {
            return false;
        }
    }

    @Test
    void aMessageInPartsEndsThoughItsThreadWasInterrupted() throws Exception {
        try (Stage stage = Stage.of(Sending.class)) {
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            inBackground(() -> {
                try (OutputStream out = session.getBasicRemote().getSendStream()) {
                    out.write(1);
                    out.flush();
                    out.write(2);
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(Stage.next()).isInstanceOf(InterruptedIOException.class);
            session.getAsyncRemote().sendText("x").get(5, TimeUnit.SECONDS);
            assertThat(peer.received()).isEqualTo("020101" + "800102" + "810178");
        }
    }

    @Test
    void aMessageThatEndedInSpiteOfAnInterruptDoesNotEndAgain() throws Exception {
        try (Stage stage = Stage.of(Sending.class)) {
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            inBackground(() -> {
                OutputStream out = session.getBasicRemote().getSendStream();
                out.write(1);
                Thread.currentThread().interrupt();
                assertThatThrownBy(out::close).isInstanceOf(InterruptedIOException.class);
                out.close();
                Stage.see("closed");
            });
            assertThat(Stage.next()).isEqualTo("closed");
            session.getBasicRemote().sendText("x");
            assertThat(peer.received()).isEqualTo("820101" + "810178");
        }
    }

    @Test
    void aCharacterThatIsCutInTwoArrivesWholeInSpiteOfAnInterrupt() throws Exception {
        try (Stage stage = Stage.of(Sending.class)) {
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            inBackground(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> session.getBasicRemote().sendText("a\uD83D", false))
                        .isInstanceOf(InterruptedIOException.class);
                Thread.interrupted();
                session.getBasicRemote().sendText("\uDE00", true);
                Stage.see("sent");
            });
            assertThat(Stage.next()).isEqualTo("sent");
            assertThat(peer.received()).isEqualTo("010161" + "8004f09f9880");
        }
    }

    @Test
    @Tag("obligation-4.12")
    void aFlushWaitsForTheBatchBehindSomebodyElsesMessageInParts() throws Exception {
        try (Stage stage = Stage.of(Sending.class)) {
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            session.getBasicRemote().sendText("a", false);
            inBackground(() -> {
                session.getAsyncRemote().setBatchingAllowed(true);
                session.getAsyncRemote().sendText("b");
                Stage.see("batched");
                session.getBasicRemote().flushBatch();
                Stage.see("flushed " + peer.received());
            });
            assertThat(Stage.next()).isEqualTo("batched");
            session.getBasicRemote().sendText("c", true);
            session.getBasicRemote().setBatchingAllowed(false);
            assertThat(Stage.next()).isEqualTo("flushed 010161" + "800163" + "810162");
        }
    }

    @Test
    void aFlushByWhoSendsTheMessageInPartsDoesNotWaitForWhatItHoldsBack() throws Exception {
        try (Stage stage = Stage.of(Sending.class)) {
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            session.getBasicRemote().sendText("a", false);
            session.getAsyncRemote().sendText("b");
            session.getBasicRemote().flushBatch();
            session.getBasicRemote().sendText("c", true);
            await().untilAsserted(() -> assertThat(peer.received()).isEqualTo("010161" + "800163" + "810162"));
        }
    }

    @Test
    void aCharacterThatIsCutInTwoArrivesWhole() throws Exception {
        try (Stage stage = Stage.of(Sending.class)) {
            MemoryPeer peer = stage.rawPeer("sending", true);
            Session session = (Session) Stage.next();
            session.getBasicRemote().sendText("a\uD83D", false);
            session.getBasicRemote().sendText("\uDE00", true);
            assertThat(peer.received()).isEqualTo("010161" + "8004f09f9880");
        }
    }
}
