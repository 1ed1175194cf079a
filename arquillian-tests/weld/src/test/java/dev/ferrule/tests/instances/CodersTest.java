package dev.ferrule.tests.instances;

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
class CodersTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Census census;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Shouting.class, Shout.class, Shout.Word.class, Companion.class, Census.class);
    }

    @Test
    void anEncoderThatIsNoBeanIsDestroyedWithItsConnectionAllTheSame() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("shouting"))) {
            client.sendText("hey");
            assertThat(client.nextText()).isEqualTo("hey!");
            assertThat(census.endpointsDead()).hasValue(0);
        }
        await().untilAsserted(() -> {
            assertThat(census.endpointsDead()).hasValue(1);
            assertThat(census.dependentsDead()).hasValue(1);
        });
    }
}
