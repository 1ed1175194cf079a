package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

@ExtendWith(ArquillianExtension.class)
class OnlyTheArchiveCountsTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Greeting.class, Greeter.class);
    }

    @Test
    void anEndpointOfTheArchiveIsDeployed() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("greeting"))) {
            client.sendText("Ada");
            assertThat(client.nextText()).isEqualTo("Hello, Ada");
        }
    }

    @Test
    void anEndpointOnTheClassPathOfTheTestIsNot() {
        assertThatThrownBy(() -> TestClient.connect(container, server.resolve("not-in-the-archive")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
    }
}
