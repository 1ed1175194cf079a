package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The same conversation, whatever the archive's discovery mode. */
abstract class InEveryMode {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Test
    void anEndpointWithNoOtherAnnotationIsABean() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("greeting"))) {
            client.sendText("Ada");
            assertThat(client.nextText()).isEqualTo("Hello, Ada");
        }
    }
}
