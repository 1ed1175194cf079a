package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.json.Shapes.Order;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large objects go out in pieces, and one object to many is written once. */
@Timeout(60)
class LargeAndManyTest {
    private static final BlockingQueue<Session> OPENED = new LinkedBlockingQueue<>();

    @ServerEndpoint("/orders")
    public static class Orders {
        @OnOpen
        public void open(Session session) {
            OPENED.add(session);
        }

        @OnMessage
        public List<Order> back(List<Order> orders) {
            return orders;
        }
    }

    /** Counts how often it is written. */
    public static class Counted {
        final AtomicInteger written = new AtomicInteger();

        public int getNumber() {
            return written.incrementAndGet();
        }
    }

    private static List<Order> orders(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Order("cup " + i + " 🍵 \"größer\"", i))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"memory, false", "memory, true", "netty, false", "netty, true"})
    void aLargeListGoesThereAndBackInBothRoles(String transport, boolean compressed) throws Exception {
        try (FerruleServer server = FerruleServer.builder()
                .set(Keys.TRANSPORT, transport)
                .set(Keys.PORT, 0)
                .set(Keys.MAX_MESSAGE, "8M")
                .set(Keys.COMPRESSION_OFFER, compressed)
                .endpoint(Orders.class)
                .start()) {
            CompletableFuture<List<Order>> received = new CompletableFuture<>();
            Endpoint client = new Endpoint() {
                @Override
                public void onOpen(Session session, EndpointConfig config) {
                    session.addMessageHandler(new MessageHandler.Whole<List<Order>>() {
                        @Override
                        public void onMessage(List<Order> orders) {
                            received.complete(orders);
                        }
                    });
                }
            };
            Session session = server.container()
                    .connectToServer(
                            client,
                            ClientEndpointConfig.Builder.create().build(),
                            server.uri().resolve("orders"));
            assertThat(session.getNegotiatedExtensions().stream().map(Extension::getName))
                    .hasSize(compressed ? 1 : 0);
            List<Order> orders = orders(50_000);
            session.getBasicRemote().sendObject(orders);
            assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(orders);
        }
    }

    @Test
    void aLargeObjectIsNeverThereAsOneTextOrOneArray() throws Exception {
        List<String> texts =
                IntStream.range(0, 64).mapToObj(i -> "x".repeat(64 << 10)).toList();
        long bytes = 4L << 20;
        try (FerruleServer server = FerruleServer.builder()
                .set(Keys.TRANSPORT, "netty")
                .set(Keys.PORT, 0)
                .endpoint(Orders.class)
                .start()) {
            OPENED.clear();
            Talk.with(server, "orders").session().setMaxTextMessageBufferSize(1 << 23);
            Session session = OPENED.poll(5, TimeUnit.SECONDS);
            session.getAsyncRemote().sendObject(texts).get(5, TimeUnit.SECONDS);
            long before = allocated();
            session.getAsyncRemote().sendObject(texts).get(5, TimeUnit.SECONDS);
            // The chunks themselves, and not even half of the whole again.
            assertThat(allocated() - before).isLessThan(bytes * 3 / 2);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @ParameterizedTest
    @CsvSource({"memory, false", "netty, false", "netty, true"})
    void oneObjectToManyIsWrittenOnce(String transport, boolean compressed) throws Exception {
        try (FerruleServer server = FerruleServer.builder()
                .set(Keys.TRANSPORT, transport)
                .set(Keys.PORT, 0)
                .set(Keys.COMPRESSION_OFFER, compressed)
                .endpoint(Orders.class)
                .start()) {
            OPENED.clear();
            List<Talk> talks = new ArrayList<>();
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                talks.add(Talk.with(server, "orders"));
                sessions.add(OPENED.poll(5, TimeUnit.SECONDS));
            }
            Counted counted = new Counted();
            List<SendResult> results = server.broadcast()
                    .send(counted, sessions)
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);
            assertThat(results).hasSize(20).allMatch(SendResult::isOK);
            for (Talk talk : talks) {
                assertThat(talk.next()).isEqualTo("{\"number\":1}");
            }
            assertThat(counted.written).hasValue(1);
            List<Order> large = orders(2000);
            server.broadcast().send(large, sessions).toCompletableFuture().get(5, TimeUnit.SECONDS);
            Object first = talks.get(0).next();
            for (Talk talk : talks.subList(1, 20)) {
                assertThat(talk.next()).isEqualTo(first);
            }
        }
    }
}
