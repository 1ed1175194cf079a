package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
            MemoryPeer peer = MemoryPeer.connect(stage.network, stage.at("parts"), true);
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
}
