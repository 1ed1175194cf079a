package dev.ferrule.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.InConnection;
import dev.ferrule.cdi.event.Disconnected;
import dev.ferrule.container.OpenSessions;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.OnPort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.inject.Inject;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.OnClose;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What callbacks may use while the container ends. */
class AtTheEndTest {
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    /** Is busy to the last. */
    @ServerEndpoint("/last")
    public static class Last {
        @Inject
        @InConnection
        Executor executor;

        @Inject
        OpenSessions sessions;

        @OnClose
        void close() {
            executor.execute(() -> SEEN.add("task"));
            SEEN.add("sessions " + sessions.of(Last.class).size());
        }
    }

    /** Is told of ends. */
    @ApplicationScoped
    public static class Observer {
        void now(@Observes Disconnected event) {
            SEEN.add("observer");
        }

        void later(@ObservesAsync Disconnected event) {
            SEEN.add("asynchronous observer");
        }
    }

    @Test
    void sessionsThatEndWithTheContainerEndAsOthersDo() throws Exception {
        SeContainer cdi =
                Containers.of(Last.class, Observer.class, OnPort.class).initialize();
        try (TestClient peer = TestClient.connect(
                ContainerProvider.getWebSocketContainer(), Containers.uri(cdi).resolve("last"))) {
            cdi.close();
            peer.awaitEnd();
        } finally {
            if (cdi.isRunning()) {
                cdi.close();
            }
        }
        assertThat(SEEN).containsExactlyInAnyOrder("task", "sessions 0", "observer", "asynchronous observer");
    }
}
