package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.CallbackScope;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is looked at in which beat. That a session was looked at shows in why it ends: all are idle for too long by then. */
class RoundsTest {
    private static final int SESSIONS = 25;
    private static final long IN_TWO_MINUTES = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);

    private final SessionRegistry registry = new SessionRegistry();
    private final Rounds rounds = new Rounds(registry, new BoundedLog(System.nanoTime()));
    private final List<FerruleSession> sessions = new ArrayList<>();
    private FerruleServer server;

    /** Stays. */
    @ServerEndpoint("/quiet")
    public static class Quiet {}

    /** The other end. */
    private static final class Client extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.setMaxIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        }
    }

    /** Cannot be told that its connection lasts. */
    private static final class Surprising implements CallbackScope.Connection {
        @Override
        public CallbackScope.Activation enter(CallbackScope.Callback callback) {
            return () -> {};
        }

        @Override
        public void opened(Session session) {}

        @Override
        public void lasts() {
            throw new NoClassDefFoundError("a surprise");
        }

        @Override
        public void end() {}
    }

    @BeforeEach
    void connect() throws Exception {
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new MemoryTransport())
                .endpoint(Quiet.class)
                .start();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
        for (int i = 0; i < SESSIONS; i++) {
            FerruleSession session = (FerruleSession) server.container()
                    .connectToServer(new Client(), config, server.uri().resolve("quiet"));
            sessions.add(session);
            registry.add(session);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aBeatLooksAtATenthOfTheSessions() {
        rounds.beat(IN_TWO_MINUTES);
        assertThat(ended()).isEqualTo(3);
    }

    @Test
    void tenBeatsLookAtAllSessions() {
        beatTenTimes(IN_TWO_MINUTES);
        assertThat(ended()).isEqualTo(SESSIONS);
    }

    @Test
    void anotherRoundFollows() {
        beatTenTimes(System.nanoTime());
        assertThat(ended()).isZero();
        beatTenTimes(IN_TWO_MINUTES);
        assertThat(ended()).isEqualTo(SESSIONS);
    }

    @Test
    void aSessionWithAShortTimeoutIsLookedAtInEveryBeat() {
        for (FerruleSession session : sessions) {
            rounds.expect(session, 4_999);
        }
        rounds.beat(IN_TWO_MINUTES);
        assertThat(ended()).isEqualTo(SESSIONS);
    }

    @Test
    void longTimeoutsAndNoneAreWorthNoLookInEveryBeat() {
        for (FerruleSession session : sessions) {
            rounds.expect(session, 5_000);
            rounds.expect(session, 0);
            rounds.expect(session, -1);
        }
        rounds.beat(IN_TWO_MINUTES);
        assertThat(ended()).isEqualTo(3);
    }

    @Test
    void aSessionWhoseTimeoutsCannotBeLookedAtKeepsNoOtherFromItsTurn() throws Exception {
        try (FerruleServer broken = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new MemoryTransport())
                .scope(handshake -> new Surprising())
                .endpoint(Quiet.class)
                .start()) {
            Session session = broken.container()
                    .connectToServer(
                            new Client(),
                            ClientEndpointConfig.Builder.create().build(),
                            broken.uri().resolve("quiet"));
            session.setMaxIdleTimeout(50);
            await().until(() -> !session.isOpen());
        }
    }

    @Test
    void thereIsNothingToDoWithoutSessions() {
        assertThat(rounds.beat(IN_TWO_MINUTES)).isTrue();
        sessions.forEach(registry::remove);
        assertThat(rounds.beat(IN_TWO_MINUTES)).isFalse();
    }

    private void beatTenTimes(long now) {
        for (int i = 0; i < 10; i++) {
            rounds.beat(now);
        }
    }

    private long ended() {
        return sessions.stream()
                .filter(session -> session.endReason().getReasonPhrase().startsWith("Idle"))
                .count();
    }
}
