package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceHandle;
import dev.ferrule.container.spi.OpeningHandshake;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way that a session ends, times every callback, times everything that a callback may do: whatever happens, the
 * callbacks come in their order and as often as they must, and nothing is left (reliability: V33).
 */
@Timeout(60)
class CloseMatrixTest {
    private static final WireFrames FRAMES = WireFrames.client();

    /** How the session ends. */
    enum Event {
        PEER_CLOSE,
        OUR_CLOSE,
        CUT,
        END_OF_STREAM,
        VIOLATION,
        IDLE_TIMEOUT,
        SEND_TIMEOUT,
        STOP
    }

    /** Where the application misbehaves. */
    enum Place {
        OPEN,
        MESSAGE,
        ERROR,
        CLOSE
    }

    /** What it does there. */
    enum Behaviour {
        RETURN,
        THROW,
        THROW_ERROR,
        CLOSE_AGAIN,
        BLOCK
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (Event event : Event.values()) {
            for (Place place : Place.values()) {
                for (Behaviour behaviour : Behaviour.values()) {
                    cells.add(Arguments.of(event, place, behaviour));
                }
            }
        }
        return cells.stream();
    }

    /** What one cell sees. */
    private static final class Cell {
        final Place place;
        final Behaviour behaviour;
        final ConcurrentLinkedQueue<String> callbacks = new ConcurrentLinkedQueue<>();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger overlaps = new AtomicInteger();
        volatile Session session;
        volatile boolean acted;

        Cell(Place place, Behaviour behaviour) {
            this.place = place;
            this.behaviour = behaviour;
        }

        void at(Place where, String name, Session current) throws IOException {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            try {
                session = current;
                callbacks.add(name);
                if (where == place) {
                    acted = true;
                    act(current);
                }
            } finally {
                inside.decrementAndGet();
            }
        }

        private void act(Session current) throws IOException {
            switch (behaviour) {
                case RETURN -> {}
                case THROW -> throw new IllegalStateException("the application throws in " + place);
                case THROW_ERROR -> throw new StackOverflowError("the application overflows in " + place);
                case CLOSE_AGAIN -> current.close();
                case BLOCK -> block();
            }
        }

        /** Longer than any close may take on its own, and without a sleep: waits for a latch that nobody opens. */
        private static void block() {
            try {
                boolean opened = new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS);
                assertThat(opened).isFalse();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ServerEndpoint("/cell")
    public static class Misbehaving {
        private final Cell cell;

        private Misbehaving(Cell cell) {
            this.cell = cell;
        }

        @OnOpen
        void open(Session session) throws IOException {
            cell.at(Place.OPEN, "open", session);
        }

        @OnMessage
        void message(String text, Session session) throws IOException {
            cell.at(Place.MESSAGE, "message", session);
            if (cell.place == Place.ERROR) {
                throw new IllegalStateException("so that there is an error");
            }
        }

        @OnError
        void error(Session session, Throwable error) throws IOException {
            cell.at(Place.ERROR, "error", session);
        }

        @OnClose
        void close(Session session, CloseReason reason) throws IOException {
            cell.at(Place.CLOSE, "close", session);
        }
    }

    @Tag("obligation-1.4")
    @Tag("obligation-6.1")
    @Tag("obligation-16.5")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} while {1} does {2}")
    @MethodSource("cells")
    void theCallbacksComeInOrderAndNothingIsLeft(Event event, Place place, Behaviour behaviour) throws Exception {
        Cell current = new Cell(place, behaviour);
        MemoryTransport network = new MemoryTransport();
        Ledger ledger = new Ledger(current);
        try (FerruleServer server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "100ms")
                .set("ferrule.timeouts.write-stall", "10s")
                .transport(network)
                .instances(ledger)
                .scope(ledger)
                .endpoint(Misbehaving.class)
                .start()) {
            MemoryPeer peer = MemoryPeer.connect(network, server.uri().resolve("cell"), event != Event.SEND_TIMEOUT);
            peer.send(FRAMES.text("hello"));
            String reached = place == Place.CLOSE ? "open" : place.name().toLowerCase(Locale.ROOT);
            await().until(() -> current.callbacks.contains(reached));
            happen(event, peer, current, server);
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> ledger.isSettled() && current.callbacks.contains("close"));
        }
        assertThat(current.acted).isTrue();
        assertThat(current.overlaps).as("callbacks at the same time").hasValue(0);
        List<String> callbacks = List.copyOf(current.callbacks);
        assertThat(callbacks.stream().filter("open"::equals)).hasSize(1);
        assertThat(callbacks.stream().filter("close"::equals)).hasSize(1);
        assertThat(callbacks.get(0)).isEqualTo("open");
        int close = callbacks.indexOf("close");
        assertThat(callbacks.subList(close + 1, callbacks.size()))
                .as("after close only what close itself threw")
                .isEqualTo(place == Place.CLOSE && behaviour.name().startsWith("THROW") ? List.of("error") : List.of());
        assertThat(ledger.toString()).isEqualTo("handles 0, connections 0, activations 0");
    }

    private static void happen(Event event, MemoryPeer peer, Cell current, FerruleServer server) throws Exception {
        switch (event) {
            case PEER_CLOSE -> peer.send(FRAMES.close(1000, ""));
            case OUR_CLOSE -> current.session.close();
            case CUT -> peer.cut();
            case END_OF_STREAM -> peer.end();
            case VIOLATION -> peer.send(FRAMES.frame().opcode(3).bytes());
            case IDLE_TIMEOUT -> current.session.setMaxIdleTimeout(1);
            case SEND_TIMEOUT -> {
                current.session.getAsyncRemote().setSendTimeout(1);
                current.session.getAsyncRemote().sendText("nobody reads this");
                var remote = current.session.getAsyncRemote();
                remote.setSendTimeout(50);
                remote.sendText("nor that");
            }
            case STOP -> CompletableFuture.runAsync(server::close).get(10, TimeUnit.SECONDS);
        }
    }

    /** Makes the endpoint of a cell, and counts what was obtained and what was let go of. */
    private static final class Ledger implements EndpointInstances, CallbackScope {
        private final Cell cell;
        private final AtomicInteger handles = new AtomicInteger();
        private final AtomicInteger connections = new AtomicInteger();
        private final AtomicInteger activations = new AtomicInteger();

        Ledger(Cell cell) {
            this.cell = cell;
        }

        @Override
        public <T> InstanceHandle<T> obtain(Class<T> type) {
            handles.incrementAndGet();
            T instance = type.cast(new Misbehaving(cell));
            return new InstanceHandle<>() {
                @Override
                public T instance() {
                    return instance;
                }

                @Override
                public void release() {
                    handles.decrementAndGet();
                }
            };
        }

        @Override
        public Connection begin(OpeningHandshake handshake) {
            connections.incrementAndGet();
            return new Connection() {
                @Override
                public Activation enter(Callback callback) {
                    activations.incrementAndGet();
                    return activations::decrementAndGet;
                }

                @Override
                public void opened(Session session) {}

                @Override
                public void end() {
                    connections.decrementAndGet();
                }
            };
        }

        boolean isSettled() {
            return handles.get() == 0 && connections.get() == 0 && activations.get() == 0;
        }

        @Override
        public String toString() {
            return "handles " + handles + ", connections " + connections + ", activations " + activations;
        }
    }
}
