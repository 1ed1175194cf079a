package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks that wait, wherever they run: other sessions go on, and order is kept. */
@Timeout(60)
class BlockingCallbacksTest {
    private static final WireFrames FRAMES = WireFrames.client();
    private static final String EVENT_LOOP = "event-loop";
    private static final String OWN_THREAD = "own-thread";
    private static final int BLOCKED = 50;

    /** Endpoints are made by reflection, so they find it by a static. */
    private static volatile CountDownLatch release = new CountDownLatch(1);

    private static volatile CountDownLatch blocked = new CountDownLatch(BLOCKED);

    private final List<RawPeer> peers = new ArrayList<>();
    private FerruleServer server;

    @ServerEndpoint("/blocking")
    public static class Blocking {
        @OnMessage
        String wait(String text) throws InterruptedException {
            blocked.countDown();
            release.await();
            return text;
        }
    }

    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        String text(String text) {
            return text;
        }
    }

    /** Never returns by itself, whatever it receives. */
    @ServerEndpoint("/stubborn")
    public static class Stubborn {
        private static final CyclicBarrier NEVER_COMPLETE = new CyclicBarrier(BLOCKED);
        static final AtomicInteger INSIDE = new AtomicInteger();

        @OnMessage
        void text(String how) throws Exception {
            INSIDE.incrementAndGet();
            blocked.countDown();
            try {
                switch (how) {
                    case "sleep" -> TimeUnit.HOURS.sleep(1);
                    case "spin" -> {
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                    }
                    default -> NEVER_COMPLETE.await();
                }
            } finally {
                INSIDE.decrementAndGet();
            }
        }
    }

    /** Sends with the remote that waits, to everybody. */
    @ServerEndpoint("/chorus")
    public static class Chorus {
        @OnMessage
        void text(String text, Session session) throws IOException {
            for (Session each : session.getOpenSessions()) {
                each.getBasicRemote().sendText(text);
            }
        }
    }

    private void start(String callbacksOn) throws Exception {
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "1s")
                .set("ferrule.callbacks.on", callbacksOn)
                .transport(new NettyTransport())
                .endpoint(Blocking.class)
                .endpoint(Echo.class)
                .endpoint(Chorus.class)
                .endpoint(Stubborn.class)
                .start();
    }

    @BeforeEach
    void reset() {
        release = new CountDownLatch(1);
        blocked = new CountDownLatch(BLOCKED);
    }

    @AfterEach
    void stop() {
        release.countDown();
        peers.forEach(RawPeer::close);
        server.close();
    }

    private RawPeer peer(String path) {
        RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort());
        peers.add(peer);
        assertThat(peer.upgrade(path).status()).isEqualTo(101);
        return peer;
    }

    private static void assertEchoes(RawPeer peer, String text) {
        peer.send(FRAMES.text(text));
        assertThat(peer.readFrame().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void fiftyThatWaitHoldUpNobodyElse(String callbacksOn) throws Exception {
        start(callbacksOn);
        RawPeer quick = peer("/echo");
        for (int i = 0; i < BLOCKED; i++) {
            peer("/blocking").send(FRAMES.text("waits " + i));
        }
        assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertEchoes(quick, "goes on " + i);
        }
        assertEchoes(peer("/echo"), "a new one, too");
        release.countDown();
        for (int i = 0; i < BLOCKED; i++) {
            assertThat(peers.get(i + 1).readFrame().text()).isEqualTo("waits " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void messagesOfASessionStayInOrderWhenItsCallbackWaits(String callbacksOn) throws Exception {
        start(callbacksOn);
        RawPeer peer = peer("/blocking");
        for (int i = 0; i < 200; i++) {
            peer.send(FRAMES.text("number " + i));
        }
        assertEchoes(peer("/echo"), "goes on");
        release.countDown();
        for (int i = 0; i < 200; i++) {
            assertThat(peer.readFrame().text()).isEqualTo("number " + i);
        }
    }

    /** The peers are still there, messages wait behind those that block, and nothing but the server's end lets them go. */
    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void theServerEndsWhileCallbacksSleepSpinAndWaitForEachOther(String callbacksOn) throws Exception {
        start(callbacksOn);
        List<String> ways = List.of("sleep", "spin", "meet", "sleep", "meet", "meet");
        blocked = new CountDownLatch(ways.size());
        for (String way : ways) {
            peer("/stubborn").send(WireFrames.join(FRAMES.text(way), FRAMES.text("meet"), FRAMES.text("sleep")));
        }
        assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
        server.close();
        await().untilAsserted(() -> assertThat(Stubborn.INSIDE).hasValue(0));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("ferrule-")));
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void everybodySendsToEverybodyAndWaits(String callbacksOn) throws Exception {
        start(callbacksOn);
        int singers = 10;
        int songs = 20;
        for (int i = 0; i < singers; i++) {
            peer("/chorus").send(FRAMES.text("ready"));
            for (RawPeer singer : peers) {
                assertThat(singer.readFrame().text()).isEqualTo("ready");
            }
        }
        for (int song = 0; song < songs; song++) {
            for (RawPeer singer : peers) {
                singer.send(FRAMES.text("la"));
            }
        }
        for (RawPeer singer : peers) {
            for (int i = 0; i < singers * songs; i++) {
                assertThat(singer.readFrame().text()).isEqualTo("la");
            }
        }
    }
}
