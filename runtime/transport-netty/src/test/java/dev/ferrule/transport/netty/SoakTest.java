package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
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
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Callbacks that do what applications do, at random, on many connections at once: every message is answered once and in
 * order. {@code -Dferrule.test.soak.seconds=60} goes on for longer.
 */
class SoakTest {
    private static final int SECONDS = Integer.getInteger("ferrule.test.soak.seconds", 2);
    private static final int CONNECTIONS = 24;

    /** However slow the machine: among so many messages dozens block. */
    private static final int LEAST = 20_000;

    /** Loops learn which endpoints block: of so many they know too little to try none. */
    private static final int ENDPOINTS = 500;

    /** On one connection. */
    private static final int MOST_ROUNDS = 20;

    /** More than one read, less than what makes a peer that answers stop reading. */
    private static final int MOST_UNANSWERED = 40;

    private static final WireFrames FRAMES = WireFrames.client();

    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong takeOvers = new AtomicLong();
    private final Logger log = Logger.getLogger("dev.ferrule.transport.netty");
    private final Handler counting = new TakeOvers();
    private final long seed = ThreadLocalRandom.current().nextLong();
    private volatile long end;
    private FerruleServer server;

    /** Answers, after what callbacks do at times; what is rare takes long. */
    public static final class Soak extends Endpoint {
        private static final Object MONITOR = new Object();
        private static final ReentrantLock LOCK = new ReentrantLock();
        private static final Exchanger<String> MEETING = new Exchanger<>();

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            MessageHandler.Whole<String> answer = number -> {
                try {
                    answer(number, session);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            };
            session.addMessageHandler(String.class, answer);
        }

        private static void answer(String number, Session session) throws Exception {
            int chance = ThreadLocalRandom.current().nextInt(2000);
            switch (chance) {
                case 0 -> sleep(20);
                case 1 -> spin(20);
                case 2, 3 -> meet();
                case 4 -> {
                    synchronized (MONITOR) {
                        sleep(5);
                    }
                }
                case 5 -> {
                    LOCK.lock();
                    try {
                        spin(2);
                        sendAndWait(number, session);
                    } finally {
                        LOCK.unlock();
                    }
                }
                case 6, 7, 8, 9 -> {
                    synchronized (MONITOR) {
                        sendAndWait(number, session);
                    }
                }
                default -> {
                    if (chance % 3 == 0) {
                        sendAndWait(number, session);
                    } else {
                        session.getAsyncRemote().sendText(number);
                    }
                    return;
                }
            }
            if (chance < 5) {
                session.getAsyncRemote().sendText(number);
            }
        }

        private static void sendAndWait(String number, Session session) throws IOException {
            session.getBasicRemote().sendText(number);
        }

        private static void sleep(int most) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(most));
        }

        private static void spin(int most) {
            long millis = ThreadLocalRandom.current().nextInt(most);
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

    @BeforeEach
    void count() {
        log.setLevel(Level.FINE);
        log.addHandler(counting);
    }

    @AfterEach
    void stop() {
        log.removeHandler(counting);
        log.setLevel(null);
        clients.shutdownNow();
        server.close();
    }

    /** Connects to one endpoint after the other until the time is over. */
    private void converse(SplittableRandom random) {
        while (System.nanoTime() < end || answered.get() < LEAST) {
            try (RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort())) {
                assertThat(peer.upgrade("/soak/" + random.nextInt(ENDPOINTS)).status())
                        .isEqualTo(101);
                long number = 0;
                for (int round = random.nextInt(MOST_ROUNDS); round >= 0; round--) {
                    int some = 1 + random.nextInt(MOST_UNANSWERED);
                    exchange(peer, number, some);
                    number += some;
                }
                answered.addAndGet(number);
            }
        }
    }

    /** Sends numbers, and reads them again. */
    private static void exchange(RawPeer peer, long first, int count) {
        byte[][] messages = new byte[count][];
        for (int i = 0; i < count; i++) {
            messages[i] = FRAMES.text(String.valueOf(first + i));
        }
        peer.send(WireFrames.join(messages));
        for (int i = 0; i < count; i++) {
            assertThat(peer.readFrame().text()).isEqualTo(String.valueOf(first + i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-loop", "own-thread"})
    void whateverCallbacksDoEveryMessageIsAnsweredOnceAndInOrder(String callbacksOn) throws Exception {
        FerruleServer.Builder builder = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "1s")
                .set("ferrule.callbacks.on", callbacksOn)
                .transport(new NettyTransport());
        for (int i = 0; i < ENDPOINTS; i++) {
            builder.endpoint(ServerEndpointConfig.Builder.create(Soak.class, "/soak/" + i)
                    .build());
        }
        server = builder.start();
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        SplittableRandom random = new SplittableRandom(seed);
        List<Future<?>> conversations = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SplittableRandom own = random.split();
            conversations.add(clients.submit(() -> converse(own)));
        }
        for (Future<?> conversation : conversations) {
            conversation.get(SECONDS + 60, TimeUnit.SECONDS);
        }
        assertThat(answered.get()).as("answered, seed " + seed).isGreaterThanOrEqualTo(LEAST);
        assertThat(takeOvers.get() > 0).as("loops were taken").isEqualTo(callbacksOn.equals("event-loop"));
        log.info(answered + " messages and " + takeOvers + " loops taken, callbacks on " + callbacksOn + ", seed "
                + seed);
    }

    /** Counts what the loops log when one of them gets another thread. */
    private final class TakeOvers extends Handler {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getMessage().startsWith("Another thread takes an event loop")) {
                takeOvers.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
