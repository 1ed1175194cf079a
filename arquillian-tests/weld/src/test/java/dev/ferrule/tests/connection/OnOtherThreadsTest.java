package dev.ferrule.tests.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.cdi.InConnection;
import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The injected executor carries the connection onto other threads. */
@ExtendWith(ArquillianExtension.class)
class OnOtherThreadsTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    @InConnection
    Executor executor;

    @Inject
    Draft draft;

    @Inject
    Ledger ledger;

    @Inject
    Gate gate;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Worker.class, Draft.class, Ledger.class, Gate.class);
    }

    @Test
    void everyStepOfAFutureIsInTheConnection() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("worker"))) {
            client.sendText("message");
            assertThat(client.nextText()).isEqualTo("message+task true");
        }
    }

    @Test
    void theBeansOfAConnectionLiveUntilItsTasksHaveEnded() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("worker"))) {
            client.sendText("x");
            assertThat(client.nextText()).isEqualTo("x+task true");
            client.sendText("late");
            client.sendText("y");
            assertThat(client.nextText()).isEqualTo("x+tasky+task true");
        }
        await().untilAsserted(() -> assertThat(ledger.entries()).contains("closed"));
        gate.open();
        await().untilAsserted(() -> assertThat(
                        ledger.entries().stream().map(entry -> entry.replaceAll("draft \\d+", "draft")))
                .containsSubsequence("closed", "late: x+tasky+tasklate", "draft ended with 'x+tasky+tasklate'"));
    }

    @Test
    void aTaskFromOutsideIsInNoConnection() {
        CompletableFuture<String> task = CompletableFuture.supplyAsync(() -> draft.append("never"), executor);
        assertThat(task)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(ContextNotActiveException.class);
    }
}
