package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code onClose} is the last callback, also when another thread ends the session in the midst of what arrives. */
@Timeout(60)
class NothingAfterCloseTest {
    private static final int ROUNDS = 30;
    private static final int MESSAGES = 3_000;

    private static volatile BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
    private static volatile BlockingQueue<String> late = new LinkedBlockingQueue<>();

    @ServerEndpoint("/closing")
    public static class Closing {
        private boolean closed;

        @OnOpen
        void open(Session session) {
            opened.add(session);
        }

        @OnMessage
        void text(String text) {
            if (closed) {
                late.add(text);
            }
        }

        @OnClose
        void close() {
            closed = true;
        }
    }

    @Test
    @Tag("obligation-1.5")
    @Tag("obligation-1.9")
    void noMessageComesBehindOnClose() throws Exception {
        opened = new LinkedBlockingQueue<>();
        late = new LinkedBlockingQueue<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < MESSAGES; i++) {
            all.writeBytes(WireFrames.client().text("x", true));
        }
        try (FerruleServer server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new NettyTransport())
                .endpoint(Closing.class)
                .start()) {
            for (int i = 0; i < ROUNDS; i++) {
                cutInTheMidst(server, all.toByteArray());
            }
        }
        assertThat(late).isEmpty();
    }

    private static void cutInTheMidst(FerruleServer server, byte[] messages) throws Exception {
        try (RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort())) {
            peer.upgrade("/closing");
            Session session = opened.poll(5, TimeUnit.SECONDS);
            assertThat(session).isNotNull();
            peer.send(messages);
            session.close(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, null));
            peer.send(messages);
        } catch (UncheckedIOException cut) {
            // The peer may see it while it sends.
        }
    }
}
