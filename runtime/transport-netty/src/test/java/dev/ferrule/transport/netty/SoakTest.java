package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Callbacks that do what applications do, at random, on many connections at once: every message is answered once and in
 * order. {@code -Dferrule.test.soak.seconds=60} goes on for longer.
 */
class SoakTest {
    private static final int SECONDS = Integer.getInteger("ferrule.test.soak.seconds", 2);
    private static final int CONNECTIONS = 24;

    /** More than one read, less than what makes a peer that answers stop reading. */
    private static final int MOST_UNANSWERED = 40;

    private static final WireFrames FRAMES = WireFrames.client();

    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    private final AtomicLong answered = new AtomicLong();
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    private FerruleServer server;

    /** What a callback does before it answers; what is rare takes long. */
    @ServerEndpoint("/soak")
    public static class Soak {
        private static final Object MONITOR = new Object();
        private static final ReentrantLock LOCK = new ReentrantLock();
        private static final Exchanger<String> MEETING = new Exchanger<>();

        @OnMessage
        void answer(String number, Session session) throws Exception {
            int chance = ThreadLocalRandom.current().nextInt(2000);
            switch (chance) {
                case 0 ->
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(20));
                case 1 -> spin(ThreadLocalRandom.current().nextInt(20));
                case 2, 3 -> meet();
                case 4 -> {
                    synchronized (MONITOR) {
                        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(5));
                    }
                }
                case 5 -> {
                    LOCK.lock();
                    try {
                        spin(1);
                        session.getBasicRemote().sendText(number);
                        return;
                    } finally {
                        LOCK.unlock();
                    }
                }
                default -> {
                    if (chance < 50) {
                        synchronized (MONITOR) {
                            session.getBasicRemote().sendText(number);
                        }
                        return;
                    }
                }
            }
            if (chance % 3 == 0) {
                session.getBasicRemote().sendText(number);
            } else {
                session.getAsyncRemote().sendText(number);
            }
        }

        private static void spin(int millis) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }

        /** Waits for the callback of another connection that does the same; the last ones of all find nobody. */
        private static void meet() throws InterruptedException {
            try {
                MEETING.exchange("here", 2, TimeUnit.SECONDS);
            } catch (TimeoutException nobody) {
                // The others have finished.
            }
        }
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        server.close();
    }

    /** Sends numbers, some at a time, and reads them again, until the time is over. */
    private void converse(SplittableRandom random) {
        try (RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort())) {
            assertThat(peer.upgrade("/soak").status()).isEqualTo(101);
            long number = 0;
            while (System.nanoTime() < end) {
                int some = 1 + random.nextInt(MOST_UNANSWERED);
                byte[][] messages = new byte[some][];
                for (int i = 0; i < some; i++) {
                    messages[i] = FRAMES.text(String.valueOf(number + i));
                }
                peer.send(WireFrames.join(messages));
                for (int i = 0; i < some; i++) {
                    assertThat(peer.readFrame().text()).isEqualTo(String.valueOf(number++));
                }
                answered.addAndGet(some);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-loop", "own-thread"})
    void whateverCallbacksDoEveryMessageIsAnsweredOnceAndInOrder(String callbacksOn) throws Exception {
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "1s")
                .set("ferrule.callbacks.on", callbacksOn)
                .transport(new NettyTransport())
                .endpoint(Soak.class)
                .start();
        SplittableRandom random = new SplittableRandom(seed);
        List<Future<?>> conversations = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SplittableRandom own = random.split();
            conversations.add(clients.submit(() -> converse(own)));
        }
        for (Future<?> conversation : conversations) {
            conversation.get(SECONDS + 20, TimeUnit.SECONDS);
        }
        assertThat(answered.get()).as("answered, seed " + seed).isGreaterThan(CONNECTIONS);
        System.getLogger(SoakTest.class.getName())
                .log(Level.INFO, answered + " messages with callbacks on " + callbacksOn + ", seed " + seed);
    }
}
