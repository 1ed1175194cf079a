package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import jakarta.websocket.OnOpen;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One object to many sessions. */
@Timeout(20)
class BroadcastTest {
    private static final AtomicInteger ENCODED = new AtomicInteger();
    private static volatile LinkedBlockingQueue<Session> opened = new LinkedBlockingQueue<>();

    private FerruleServer server;
    private final List<Peer> peers = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();

    record Price(int cents) {}

    public static class PriceEncoder implements Encoder.Text<Price> {
        @Override
        public String encode(Price price) throws EncodeException {
            ENCODED.incrementAndGet();
            if (price.cents() < 0) {
                throw new EncodeException(price, "a price is not negative");
            }
            return price.cents() + " cents";
        }
    }

    @ServerEndpoint(value = "/prices", encoders = PriceEncoder.class)
    public static class Prices {
        @OnOpen
        void open(Session session) {
            opened.add(session);
        }
    }

    @BeforeEach
    void connect() throws Exception {
        ENCODED.set(0);
        opened = new LinkedBlockingQueue<>();
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new MemoryTransport())
                .endpoint(Prices.class)
                .start();
        for (int i = 0; i < 20; i++) {
            peers.add(Peer.connect(server.container(), server.uri().resolve("prices")));
            sessions.add(opened.poll(5, TimeUnit.SECONDS));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<SendResult> broadcast(Object message) throws Exception {
        return server.broadcast().send(message, sessions).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void aSessionThatThrowsHarmsNoOther() throws Exception {
        Session broken = (Session) Proxy.newProxyInstance(
                BroadcastTest.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("broken");
                });
        List<SendResult> results = server.broadcast()
                .send(new Price(42), List.of(sessions.get(0), broken, sessions.get(1)))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        assertThat(results).extracting(SendResult::isOK).containsExactly(true, false, true);
        assertThat(peers.get(1).next()).isEqualTo("42 cents");
    }

    @Test
    void everybodyGetsItAndItIsEncodedOnce() throws Exception {
        List<SendResult> results = broadcast(new Price(42));
        for (Peer peer : peers) {
            assertThat(peer.next()).isEqualTo("42 cents");
        }
        assertThat(ENCODED).hasValue(1);
        assertThat(results).allMatch(SendResult::isOK);
        assertThat(results.stream().map(SendResult::getSession)).isEqualTo(sessions);
    }

    @Test
    void aSessionThatIsClosedFailsAlone() throws Exception {
        peers.get(3).session.close();
        peers.get(3).end();
        List<SendResult> results = broadcast("hello");
        assertThat(peers.get(0).next()).isEqualTo("hello");
        assertThat(results.stream().filter(result -> !result.isOK()).map(SendResult::getSession))
                .containsExactly(sessions.get(3));
    }

    @Test
    void anObjectThatCannotBeEncodedFailsForAll() throws Exception {
        assertThat(broadcast(new Price(-1))).allMatch(result -> result.getException() instanceof EncodeException);
    }

    @Test
    void nobodyIsNoFailure() throws Exception {
        sessions.clear();
        assertThat(broadcast("hello")).isEmpty();
    }

    @Test
    void nothingCannotBeSent() {
        assertThatThrownBy(() -> broadcast(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
