package dev.ferrule.samples.benchmarks;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * How long others wait for their echo while callbacks of many connections block at the same moment: what
 * {@code ferrule.callbacks.on=event-loop} must not make worse. Prints a line of percentiles in milliseconds for each way to
 * block: of the calm before, of the first burst, when nobody knows yet what blocks, and of all later bursts.
 *
 * <pre>{@code
 * samples/run benchmarks -l >/dev/null # builds
 * java -cp samples/benchmarks/target/benchmarks.jar dev.ferrule.samples.benchmarks.BlockedLatency event-loop 50 1
 * }</pre>
 *
 * The arguments: where callbacks run, how many block at once, on how many endpoints, and the ways, by default all of them.
 */
public final class BlockedLatency {
    private static final WireFrames FRAMES = WireFrames.client();
    private static final int PROBES = 4;
    private static final int BURSTS = 10;
    private static final int WARM_UP_MILLIS = 4000;
    private static final int CALM_MILLIS = 1000;
    private static final int BLOCKED_MILLIS = 200;

    private final List<RawPeer> blockers = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();

    private BlockedLatency() {}

    /** How a callback blocks until it is released. */
    private enum Way {
        SLEEP {
            @Override
            void block(Burst burst) throws InterruptedException {
                Thread.sleep(BLOCKED_MILLIS);
            }
        },
        WAIT {
            @Override
            void block(Burst burst) throws InterruptedException {
                burst.over.await();
            }
        },
        LOCK {
            @Override
            void block(Burst burst) {
                synchronized (burst) {
                    burst.passed++;
                }
            }
        },
        /** Reads from a socket to which nobody writes: to the JVM such a thread runs. */
        READ {
            @Override
            void block(Burst burst) throws IOException {
                try (Socket mute = new Socket(burst.mute.getInetAddress(), burst.mute.getLocalPort())) {
                    while (mute.getInputStream().read() >= 0) {
                        burst.passed++;
                    }
                } catch (SocketException over) {
                    // Nobody had accepted the connection: this is how it ends.
                }
            }
        },
        SPIN {
            @Override
            void block(Burst burst) {
                while (burst.over.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
        };

        abstract void block(Burst burst) throws Exception;
    }

    /** What the callbacks that block at the same time have in common. */
    private static final class Burst {
        static volatile Burst current = new Burst(Way.SLEEP);

        final Way way;
        final CountDownLatch over = new CountDownLatch(1);
        final ServerSocket mute;
        int passed;

        Burst(Way way) {
            this.way = way;
            try {
                mute = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Answers when its way of blocking is over. */
    public static final class Blocking extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            MessageHandler.Whole<String> block = text -> {
                Burst burst = Burst.current;
                try {
                    burst.way.block(burst);
                    session.getBasicRemote().sendText(text);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            };
            session.addMessageHandler(String.class, block);
        }
    }

    /** Answers at once. */
    public static final class Echo extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            MessageHandler.Whole<String> echo = session.getAsyncRemote()::sendText;
            session.addMessageHandler(String.class, echo);
        }
    }

    /** A connection that sends a message each millisecond and waits for it. */
    private static final class Probe implements Runnable {
        private final RawPeer peer;
        private final List<Long> nanos = new ArrayList<>();

        Probe(RawPeer peer) {
            this.peer = peer;
        }

        @Override
        public void run() {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    long begin = System.nanoTime();
                    peer.send(FRAMES.text("echo"));
                    peer.readFrame();
                    long taken = System.nanoTime() - begin;
                    synchronized (nanos) {
                        nanos.add(taken);
                    }
                    Thread.sleep(1);
                }
            } catch (InterruptedException over) {
                peer.close();
            }
        }

        Stream<Long> taken() {
            synchronized (nanos) {
                List<Long> copy = List.copyOf(nanos);
                nanos.clear();
                return copy.stream();
            }
        }
    }

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        int endpoints = Integer.parseInt(arguments[2]);
        List<Way> ways = arguments.length > 3
                ? Arrays.stream(arguments).skip(3).map(Way::valueOf).toList()
                : List.of(Way.values());
        System.out.printf("%s, JDK %s, %d on %d endpoints%n", arguments[0], Runtime.version(), count, endpoints);
        for (Way way : ways) {
            new BlockedLatency().measure(arguments[0], way, count, endpoints);
        }
        System.exit(0);
    }

    private void measure(String callbacksOn, Way way, int count, int endpoints) throws Exception {
        FerruleServer.Builder builder = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.callbacks.on", callbacksOn)
                .set("ferrule.callbacks.threads", "1000")
                .endpoint(
                        ServerEndpointConfig.Builder.create(Echo.class, "/echo").build());
        for (int i = 0; i < endpoints; i++) {
            builder.endpoint(ServerEndpointConfig.Builder.create(Blocking.class, "/blocking/" + i)
                    .build());
        }
        try (FerruleServer server = builder.start()) {
            int port = server.uri().getPort();
            for (int i = 0; i < count; i++) {
                blockers.add(connect(port, "/blocking/" + i % endpoints));
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                Probe probe = new Probe(connect(port, "/echo"));
                probes.add(probe);
                Thread thread = new Thread(probe, "probe");
                thread.start();
                threads.add(thread);
            }
            Thread.sleep(WARM_UP_MILLIS);
            taken();
            Thread.sleep(CALM_MILLIS);
            print(way, "calm", taken());
            burst(way);
            print(way, "first", taken());
            List<Long> later = new ArrayList<>();
            for (int i = 0; i < BURSTS; i++) {
                Thread.sleep(CALM_MILLIS);
                taken();
                burst(way);
                later.addAll(taken());
            }
            print(way, "later", later);
            threads.forEach(Thread::interrupt);
            blockers.forEach(RawPeer::close);
        }
    }

    private static RawPeer connect(int port, String path) {
        RawPeer peer = RawPeer.connect("127.0.0.1", port);
        peer.upgrade(path);
        return peer;
    }

    private List<Long> taken() {
        return probes.stream().flatMap(Probe::taken).toList();
    }

    private void burst(Way way) throws Exception {
        Burst burst = new Burst(way);
        Burst.current = burst;
        byte[] message = FRAMES.text("block");
        synchronized (burst) {
            blockers.forEach(blocker -> blocker.send(message));
            Thread.sleep(BLOCKED_MILLIS);
        }
        burst.over.countDown();
        burst.mute.close();
        blockers.forEach(RawPeer::readFrame);
    }

    private static void print(Way way, String when, List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%-6s %-6s %6d echoes  p50 %7.3f  p99 %7.3f  p99.9 %7.3f  most %7.3f%n",
                way,
                when,
                sorted.length,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999),
                sorted[sorted.length - 1] / 1e6);
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))] / 1e6;
    }
}
