package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.LiveObjects;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that read less than they are sent: those that read at all get everything, those that do not are let go of. */
@Timeout(60)
class SlowPeerTest {
    private static final int BYTES = 4 << 20;
    private static final int AT_A_TIME = 64 << 10;

    /** So long for the bytes of one read: in all longer than any timeout of the server. */
    private static final long MILLIS_AT_A_TIME = 50;

    private static volatile BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    private FerruleServer server;

    @ServerEndpoint("/large")
    public static class Large {
        @OnOpen
        void open(Session session) {
            session.getAsyncRemote().sendBinary(ByteBuffer.allocate(BYTES), result -> {});
            seen.add(session);
        }

        @OnClose
        void close(CloseReason reason) {
            seen.add(reason.getCloseCode().getCode());
        }
    }

    @BeforeEach
    void start() throws Exception {
        seen = new LinkedBlockingQueue<>();
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "2s")
                .set("ferrule.timeouts.write-stall", "2s")
                .transport(new NettyTransport())
                .endpoint(Large.class)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawPeer connect() {
        RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort(), null, 4096);
        assertThat(peer.upgrade("/large").status()).isEqualTo(101);
        return peer;
    }

    private static Object next() throws InterruptedException {
        Object next = seen.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("something seen within 20 s").isNotNull();
        return next;
    }

    /** Reads until the end, slowly; how many bytes there were. */
    private static long readSlowly(RawPeer peer) throws Exception {
        InputStream in = peer.socket().getInputStream();
        byte[] some = new byte[AT_A_TIME];
        long all = 0;
        for (int n = in.read(some); n >= 0 && all < BYTES; n = in.read(some)) {
            all += n;
            Thread.sleep(n * MILLIS_AT_A_TIME / AT_A_TIME);
        }
        return all;
    }

    @Test
    void aSessionIsNotIdleWhileItsPeerReads() throws Exception {
        try (RawPeer peer = connect()) {
            ((Session) next()).setMaxIdleTimeout(2_000);
            assertThat(readSlowly(peer)).isGreaterThanOrEqualTo(BYTES);
        }
    }

    @Test
    void aSessionThatClosesSendsTheRestAsLongAsItsPeerReads() throws Exception {
        try (RawPeer peer = connect()) {
            ((Session) next()).close();
            assertThat(readSlowly(peer)).isGreaterThanOrEqualTo(BYTES);
        }
    }

    @Test
    void aPeerThatBreaksTheRulesAndReadsNothingIsLetGoOf() throws Exception {
        try (RawPeer peer = connect()) {
            next();
            peer.send(WireFrames.client().frame().opcode(3).bytes());
            assertThat(next()).isEqualTo(1002);
            awaitCut(peer);
        }
    }

    @Test
    void aPeerThatClosesAndReadsNothingIsLetGoOf() throws Exception {
        try (RawPeer peer = connect()) {
            next();
            peer.send(WireFrames.client().close(1000, ""));
            assertThat(next()).isEqualTo(1000);
            awaitCut(peer);
        }
    }

    @Test
    void aPeerThatBreaksOffInTheMidstOfAMessageIsLetGoOf() throws Exception {
        try (RawPeer peer = connect()) {
            next();
            peer.reset();
            assertThat(next()).isEqualTo(1006);
            awaitForgotten();
        }
    }

    /** Not only when the server ends. */
    private static void awaitForgotten() {
        await().pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(LiveObjects.of(Set.of("dev.ferrule.container.session.FerruleSession")))
                        .isEmpty());
    }

    /** A peer that reads nothing sees that it was cut when it sends. */
    private static void awaitCut(RawPeer peer) {
        await().until(() -> {
            try {
                peer.socket().getOutputStream().write(0);
                return false;
            } catch (IOException cut) {
                return true;
            }
        });
        awaitForgotten();
    }
}
