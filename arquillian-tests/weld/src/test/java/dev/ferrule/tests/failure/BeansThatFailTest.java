package dev.ferrule.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fails in beans harms one connection, is said by name, and leaves nothing behind. */
@ExtendWith(ArquillianExtension.class)
class BeansThatFailTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Chain.Count count;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(
                Unborn.class,
                Unborn.Shared.class,
                Chain.class,
                Chain.Count.class,
                Chain.Link.class,
                Chain.Anchor.class,
                Chain.OtherAnchor.class);
    }

    @ParameterizedTest
    @CsvSource({"unborn, Unborn, no database", "unborn-shared, Unborn$Shared, no database either"})
    void aBeanThatCannotBeMadeRefusesItsHandshake(String path, String name, String reason) {
        try (Logged logged = new Logged()) {
            assertThatThrownBy(() -> TestClient.connect(container, server.resolve(path)))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("500")
                    .hasMessageNotContaining(reason);
            assertThat(count.alive()).as("what was made for it").hasValue(0);
            assertThat(logged.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("No instance of dev.ferrule.tests.failure." + name + " can be made", reason));
        }
    }

    @Test
    void whatFailsInItsDestructionIsLoggedAndTheRestIsReleased() throws Exception {
        try (Logged logged = new Logged()) {
            try (TestClient client = TestClient.connect(container, server.resolve("chain"))) {
                client.sendText("hello");
                assertThat(client.nextText()).isEqualTo("hello");
                assertThat(count.alive()).hasValue(4);
            }
            await().untilAsserted(() -> assertThat(count.alive()).hasValue(0));
            await().untilAsserted(() -> assertThat(String.join("\n", logged.lines()))
                    .containsPattern("Error destroying an instance .*Chain@")
                    .containsPattern("Error destroying an instance .*Chain\\$Link@")
                    .containsPattern("Error destroying an instance .*Chain\\$Anchor@")
                    .containsPattern("Error destroying an instance .*Chain\\$OtherAnchor@"));
        }
        try (TestClient client = TestClient.connect(container, server.resolve("chain"))) {
            client.sendText("again");
            assertThat(client.nextText()).isEqualTo("again");
        }
    }
}
