package dev.ferrule.tests.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import dev.ferrule.tests.support.OnPort;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * However many connections there are, as much is destroyed as was made. The full counts, 100000 in memory and 5000 over sockets:
 * {@code -Dferrule.test.connections.memory=100000 -Dferrule.test.connections.sockets=5000}.
 */
class AsManyDestroyedAsMadeTest {
    /** So many at a time. */
    private static final int CONCURRENT = 8;

    @Test
    void inMemory() throws Exception {
        count(Integer.getInteger("ferrule.test.connections.memory", 2000), InMemory.class);
    }

    @Test
    void overSockets() throws Exception {
        count(Integer.getInteger("ferrule.test.connections.sockets", 200), OnPort.class);
    }

    private static void count(int connections, Class<?> transport) throws Exception {
        try (SeContainer cdi = Containers.of(
                        CountedEndpoint.class,
                        Parts.Part.class,
                        Parts.PerConnection.class,
                        Parts.PerMessage.class,
                        Tally.class,
                        transport)
                .initialize()) {
            connect(connections, Containers.client(cdi), Containers.uri(cdi).resolve("counted"));
            Tally tally = cdi.select(Tally.class).get();
            long each = connections;
            Map<String, Long> expected = Map.of(
                    "CountedEndpoint made", each,
                    "CountedEndpoint destroyed", each,
                    "WordDecoder made", each,
                    "WordDecoder destroyed", each,
                    "PerConnection made", each,
                    "PerConnection destroyed", each,
                    "PerMessage made", each,
                    "PerMessage destroyed", each,
                    "Part made", 4 * each,
                    "Part destroyed", 4 * each);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(tally.counts()).containsExactlyInAnyOrderEntriesOf(expected));
        }
    }

    private static void connect(int connections, WebSocketContainer client, URI uri) throws Exception {
        AtomicInteger left = new AtomicInteger(connections);
        ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONCURRENT; i++) {
                all.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        try (TestClient peer = TestClient.connect(client, uri)) {
                            peer.sendText("word");
                            assertThat(peer.nextText()).isEqualTo("word");
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
