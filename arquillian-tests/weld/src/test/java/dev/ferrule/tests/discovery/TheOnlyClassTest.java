package dev.ferrule.tests.discovery;

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

@ExtendWith(ArquillianExtension.class)
class TheOnlyClassTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.discovered("annotated", Alone.class);
    }

    @Test
    void anArchiveOfNothingButAnEndpointStarts() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("alone"))) {
            client.sendText("anybody?");
            assertThat(client.nextText()).isEqualTo("anybody?");
        }
    }
}
