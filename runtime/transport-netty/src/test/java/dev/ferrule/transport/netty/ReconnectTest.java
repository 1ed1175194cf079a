package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.connect.ClientProperties;
import dev.ferrule.container.connect.ReconnectPolicy;
import dev.ferrule.wirekit.LiveObjects;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lost connection is made again when the application wants that, and only then (F25). */
@Timeout(30)
class ReconnectTest {
    @RegisterExtension
    final WireClient wire = new WireClient();

    private final BlockingQueue<ReconnectPolicy.Lost> asked = new LinkedBlockingQueue<>();

    /** Waits for nothing, and gives up after so many failures. */
    private ReconnectPolicy atOnce(int failures, Duration stableAfter) {
        return new ReconnectPolicy() {
            @Override
            public Duration next(Lost lost) {
                asked.add(lost);
                return lost.failures() > failures ? null : Duration.ZERO;
            }

            @Override
            public Duration stableAfter() {
                return stableAfter;
            }
        };
    }

    private ReconnectPolicy.Lost asked() throws InterruptedException {
        ReconnectPolicy.Lost lost = asked.poll(5, TimeUnit.SECONDS);
        assertThat(lost).as("the policy was asked").isNotNull();
        return lost;
    }

    /** After so many requests. An attempt that did not wait would have begun long before the time is over. */
    private void nobodyConnectsAgain(int requests) {
        await().during(Duration.ofMillis(200)).until(() -> wire.requests.get() == requests && asked.isEmpty());
    }

    private RawPeer accept() {
        RawPeer server = wire.listener.accept();
        server.acceptUpgrade();
        return server;
    }

    @Test
    void aConnectionThatBreaksIsANewSessionSoon() throws Exception {
        wire.properties.put(ClientProperties.RECONNECT, atOnce(0, Duration.ZERO));
        CompletableFuture<Session> attempt = wire.connect("/a?b");
        Session first;
        try (RawPeer server = accept()) {
            first = WireClient.session(attempt);
            assertThat(wire.next()).isSameAs(first);
            server.reset();
        }
        assertThat(wire.next()).isEqualTo(1006);
        ReconnectPolicy.Lost lost = asked();
        assertThat(lost.uri()).isEqualTo(wire.uri("/a?b"));
        assertThat(lost.reason().getCloseCode().getCode()).isEqualTo(1006);
        assertThat(lost.failures()).isZero();
        assertThat(lost.cause()).isNull();
        try (RawPeer server = accept()) {
            assertThat(wire.next()).isInstanceOfSatisfying(Session.class, second -> {
                assertThat(second.getId()).isNotEqualTo(first.getId());
                assertThat(second.isOpen()).isTrue();
                assertThat(first.isOpen()).isFalse();
            });
        }
    }

    @Test
    void withoutAPolicyNothingReconnects() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = accept()) {
            WireClient.session(attempt);
            wire.next();
            server.reset();
        }
        assertThat(wire.next()).isEqualTo(1006);
        // Longer than the usual policy would wait at first.
        await().during(Duration.ofMillis(700)).until(() -> wire.requests.get() == 1);
    }

    @Test
    void theFirstConnectionIsTheCallers() throws Exception {
        wire.properties.put(ClientProperties.RECONNECT, atOnce(5, Duration.ZERO));
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = wire.listener.accept()) {
            server.readHead();
            server.send("HTTP/1.1 503 Later\r\n\r\n");
            assertThat(WireClient.failure(attempt)).hasMessageContaining("503");
        }
        nobodyConnectsAgain(1);
    }

    @Test
    void anEndThatTheApplicationWantedIsNoLoss() throws Exception {
        wire.properties.put(ClientProperties.RECONNECT, atOnce(5, Duration.ZERO));
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = accept()) {
            WireClient.session(attempt).close();
            wire.next();
            server.send(WireFrames.server().close(server.readFrame().closeCode(), ""));
            assertThat(wire.next()).isEqualTo(1000);
        }
        nobodyConnectsAgain(1);
    }

    @Test
    void theUsualPolicyLeavesAPoliteEndAsItIs() throws Exception {
        BlockingQueue<Optional<Duration>> decided = new LinkedBlockingQueue<>();
        wire.properties.put(ClientProperties.RECONNECT, (ReconnectPolicy) lost -> {
            asked.add(lost);
            Duration wait = ReconnectPolicy.backOff().next(lost);
            decided.add(Optional.ofNullable(wait));
            return wait;
        });
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = accept()) {
            WireClient.session(attempt);
            wire.next();
            server.send(WireFrames.server().close(1000, "bye"));
            assertThat(wire.next()).isEqualTo(1000);
        }
        assertThat(asked().reason().getCloseCode().getCode()).isEqualTo(1000);
        assertThat(decided.poll(5, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void attemptsThatFailAreCountedUntilThePolicyGivesUp() throws Exception {
        wire.properties.put(ClientProperties.RECONNECT, atOnce(1, Duration.ZERO));
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = accept()) {
            WireClient.session(attempt);
            server.reset();
        }
        assertThat(asked().failures()).isZero();
        for (int failures = 1; failures <= 2; failures++) {
            try (RawPeer server = wire.listener.accept()) {
                server.readHead();
                server.send("HTTP/1.1 503 Later\r\n\r\n");
                ReconnectPolicy.Lost lost = asked();
                assertThat(lost.failures()).isEqualTo(failures);
                assertThat(lost.cause()).hasMessageContaining("503");
                assertThat(lost.reason().getCloseCode().getCode()).isEqualTo(1006);
            }
        }
        nobodyConnectsAgain(3);
    }

    @Test
    void sessionsThatDoNotLastCountAsFailures() throws Exception {
        wire.properties.put(ClientProperties.RECONNECT, atOnce(2, Duration.ofHours(1)));
        CompletableFuture<Session> attempt = wire.connect("/");
        for (int failures = 1; failures <= 3; failures++) {
            try (RawPeer server = accept()) {
                WireClient.session(attempt);
                assertThat(wire.next()).isInstanceOf(Session.class);
                server.reset();
                assertThat(asked().failures()).isEqualTo(failures);
                assertThat(wire.next()).isEqualTo(1006);
            }
        }
        nobodyConnectsAgain(3);
    }

    @Test
    void closingTheClientEndsTheWaitBeforeTheNextAttempt() throws Exception {
        wire.properties.put(ClientProperties.RECONNECT, (ReconnectPolicy) lost -> {
            asked.add(lost);
            return Duration.ofDays(1);
        });
        connectAndLose();
        await().untilAsserted(() -> assertThat(reconnections()).isNotEmpty());
        wire.client.close();
        wire.seen.clear();
        await().pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(reconnections()).isEmpty());
    }

    private void connectAndLose() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = accept()) {
            WireClient.session(attempt);
            server.reset();
        }
        asked();
    }

    /** Those that somebody holds: what keeps the time does while they wait. */
    private static List<String> reconnections() {
        return LiveObjects.of(Set.of("dev.ferrule.container.client.Reconnection"));
    }

    @Test
    void aPolicyThatThrowsEndsTheAttempts() throws Exception {
        wire.properties.put(ClientProperties.RECONNECT, (ReconnectPolicy) lost -> {
            asked.add(lost);
            throw new IllegalStateException("no policy");
        });
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = accept()) {
            WireClient.session(attempt);
            server.reset();
        }
        asked();
        nobodyConnectsAgain(1);
    }
}
