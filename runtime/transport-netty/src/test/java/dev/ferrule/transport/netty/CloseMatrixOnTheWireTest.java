package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The part of the close matrix that needs real sockets: ways in which a session ends, times callbacks, times misbehaviour.
 * The callbacks come in their order and as often as they must, on real sockets, too (reliability: V33).
 */
@Isolated
@Timeout(30)
class CloseMatrixOnTheWireTest {
    private static final WireFrames FRAMES = WireFrames.client();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final String NAME = "ip:127.0.0.1";

    @TempDir
    static Path directory;

    private static SSLContext tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = Certificates.of(directory, NAME).context();
    }

    /** How the session ends, and the code that its endpoint sees when no callback ended it before. */
    enum Event {
        PEER_CLOSE(4000),
        OUR_CLOSE(1000),
        RESET(1006),
        END_OF_STREAM(1006),
        VIOLATION(1002),
        IDLE(1006),
        STOP(1001);

        final int code;

        Event(int code) {
            this.code = code;
        }
    }

    /** Where the application misbehaves. */
    enum Place {
        OPEN,
        MESSAGE,
        CLOSE
    }

    /** What it does there. */
    enum Behaviour {
        THROW,
        CLOSE_AGAIN
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (Event event : Event.values()) {
            for (Place place : Place.values()) {
                for (Behaviour behaviour : Behaviour.values()) {
                    cells.add(Arguments.of(event, place, behaviour, false));
                }
                cells.add(Arguments.of(event, place, Behaviour.THROW, true));
            }
        }
        return cells.stream();
    }

    /** What one cell sees; endpoints are made by reflection, so it is found by a static. */
    private static volatile Cell cell = new Cell(Place.OPEN, Behaviour.THROW);

    @AfterEach
    void forget() {
        cell = new Cell(Place.OPEN, Behaviour.THROW);
    }

    private static final class Cell {
        final Place place;
        final Behaviour behaviour;
        final ConcurrentLinkedQueue<String> callbacks = new ConcurrentLinkedQueue<>();
        volatile Session session;
        volatile int code;

        Cell(Place place, Behaviour behaviour) {
            this.place = place;
            this.behaviour = behaviour;
        }

        void at(Place where, String name, Session current) throws IOException {
            session = current;
            callbacks.add(name);
            if (where != place) {
                return;
            }
            switch (behaviour) {
                case THROW -> throw new IllegalStateException("the application throws in " + place);
                case CLOSE_AGAIN -> current.close();
            }
        }

        /** After close comes only what close itself threw. */
        List<String> afterClose() {
            return place == Place.CLOSE && behaviour == Behaviour.THROW ? List.of("error") : List.of();
        }

        boolean isOver() {
            List<String> seen = List.copyOf(callbacks);
            int close = seen.indexOf("close");
            return close >= 0 && seen.size() - close - 1 >= afterClose().size();
        }
    }

    @ServerEndpoint("/cell")
    public static class Misbehaving {
        @OnOpen
        void open(Session session) throws IOException {
            cell.at(Place.OPEN, "open", session);
        }

        @OnMessage
        void message(String text, Session session) throws IOException {
            cell.at(Place.MESSAGE, "message", session);
        }

        @OnError
        void error(Session session, Throwable error) {
            cell.callbacks.add("error");
        }

        @OnClose
        void close(Session session, CloseReason reason) throws IOException {
            cell.code = reason.getCloseCode().getCode();
            cell.at(Place.CLOSE, "close", session);
        }
    }

    @Tag("obligation-1.4")
    @Tag("obligation-6.1")
    @Tag("obligation-16.5")
    @ParameterizedTest(name = "{0} while {1} does {2}, secure: {3}")
    @MethodSource("cells")
    void theCallbacksComeInOrderAndNothingIsLeft(Event event, Place place, Behaviour behaviour, boolean secure)
            throws Exception {
        Cell current = new Cell(place, behaviour);
        cell = current;
        try (FerruleServer server = start(secure);
                RawPeer peer = RawPeer.connect("127.0.0.1", server.uri().getPort(), secure ? tls : null)) {
            byte[] handshake = RawPeer.upgradeRequest("/cell", "127.0.0.1").getBytes();
            peer.send(WireFrames.join(handshake, FRAMES.text("hello")));
            assertThat(peer.readHead().status()).isEqualTo(101);
            String reached = place == Place.OPEN ? "open" : "message";
            await().atMost(PATIENCE).until(() -> current.callbacks.contains(reached));
            happen(event, peer, current, server);
            await().atMost(PATIENCE).until(current::isOver);
        }
        List<String> callbacks = List.copyOf(current.callbacks);
        assertThat(callbacks.stream().filter("open"::equals)).hasSize(1);
        assertThat(callbacks.stream().filter("close"::equals)).hasSize(1);
        assertThat(callbacks.get(0)).isEqualTo("open");
        int close = callbacks.indexOf("close");
        assertThat(callbacks.subList(close + 1, callbacks.size())).isEqualTo(current.afterClose());
        if (place == Place.CLOSE) {
            assertThat(current.code).isEqualTo(event.code);
        }
    }

    private static FerruleServer start(boolean secure) throws Exception {
        FerruleServer.Builder server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "100ms")
                .transport(new NettyTransport())
                .endpoint(Misbehaving.class);
        if (secure) {
            server.set(
                            "ferrule.tls.keystore",
                            Certificates.file(directory, NAME).toString())
                    .set("ferrule.tls.keystore.password", Certificates.PASSWORD);
        }
        return server.start();
    }

    private static void happen(Event event, RawPeer peer, Cell current, FerruleServer server) throws Exception {
        try {
            switch (event) {
                case PEER_CLOSE -> peer.send(FRAMES.close(4000, ""));
                case OUR_CLOSE -> current.session.close();
                case RESET -> peer.reset();
                case END_OF_STREAM -> peer.endOutput();
                case VIOLATION -> peer.send(FRAMES.frame().opcode(3).bytes());
                case IDLE -> current.session.setMaxIdleTimeout(20);
                case STOP -> server.close();
            }
        } catch (UncheckedIOException gone) {
            assertThat(current.session.isOpen())
                    .as("only a connection that a callback ended cannot be used: " + gone)
                    .isFalse();
        }
    }
}
