package dev.ferrule.tests.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ContextEventsTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Ledger ledger;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(ByConnection.class, Colleague.class, Draft.class, Chronicle.class, Ledger.class);
    }

    @Test
    void theBeginningAndTheEndOfAConnectionAreObservableInIt() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("by-connection"))) {
            client.sendText("a");
            client.nextText();
        }
        await().untilAsserted(() -> assertThat(ledger.entries())
                .containsExactly(
                        "begun ByConnection begun",
                        "ending begun, ending",
                        "by connection: 1",
                        "draft 1 ended with 'begun, ending'",
                        "ended /by-connection"));
    }
}
