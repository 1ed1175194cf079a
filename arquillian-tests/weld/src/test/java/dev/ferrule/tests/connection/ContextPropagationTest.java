package dev.ferrule.tests.connection;

import static org.assertj.core.api.Assertions.assertThat;

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

/** MicroProfile Context Propagation carries the connection, and clears it, as any other context. */
@ExtendWith(ArquillianExtension.class)
class ContextPropagationTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Propagating.class, Draft.class, Ledger.class);
    }

    @Test
    void theConnectionIsCarriedAndCleared() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("propagating"))) {
            client.sendText("message");
            assertThat(client.nextText()).isEqualTo("ContextNotActiveException message+carried in a connection ");
        }
    }
}
