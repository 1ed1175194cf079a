package dev.ferrule.tests.events;

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

/** Observers of connections: inside the connection, in order, and harmless when they throw. */
@ExtendWith(ArquillianExtension.class)
class EventsOfConnectionsTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Story story;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Stage.class, Elsewhere.class, Critic.class, Usher.class, Ticket.class, Story.class);
    }

    @Test
    void observersSurroundTheCallbacks() throws Exception {
        story.lines().clear();
        try (TestClient client = TestClient.connect(container, server.resolve("stage/hamlet"))) {
            client.sendText("fail");
            client.sendText("go on");
            client.nextText();
        }
        await().untilAsserted(() -> assertThat(story.lines())
                .contains("later hamlet")
                .containsSubsequence(
                        "handshaking hamlet",
                        "connected hamlet true",
                        "open",
                        "failed: message",
                        "error: message",
                        "close",
                        "disconnected hamlet 1000 false"));
    }

    @Test
    void aVetoRefusesWithItsStatusBeforeAnythingIsMade() {
        story.lines().clear();
        assertThatThrownBy(() -> TestClient.connect(container, server.resolve("stage/banned")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("451");
        assertThat(story.lines()).containsExactly("handshaking banned");
    }

    @Test
    void anObserverOfTheHandshakeThatThrowsRefusesWith500() {
        assertThatThrownBy(() -> TestClient.connect(container, server.resolve("stage/fault")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("500");
    }

    @Test
    void whatOtherObserversThrowGoesToTheErrorMethodAndStopsNothing() throws Exception {
        story.lines().clear();
        try (TestClient client = TestClient.connect(container, server.resolve("stage/careless"))) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("hello");
        }
        await().untilAsserted(() -> assertThat(story.lines()).contains("later careless", "error: disconnected"));
        assertThat(story.lines().stream().filter(line -> !line.startsWith("later")))
                .containsExactly(
                        "handshaking careless",
                        "connected careless true",
                        "failed: connected",
                        "error: connected",
                        "open",
                        "close",
                        "disconnected careless 1000 false",
                        "failed: disconnected",
                        "error: disconnected");
    }

    @Test
    void withoutAQualifierAnObserverSeesTheConnectionsOfAllEndpointsAndClients() throws Exception {
        story.lines().clear();
        try (TestClient client = TestClient.connect(container, server.resolve("elsewhere"))) {
            client.sendText("hello");
            client.nextText();
        }
        assertThat(story.lines()).containsExactly("somebody elsewhere", "somebody elsewhere");
    }
}
