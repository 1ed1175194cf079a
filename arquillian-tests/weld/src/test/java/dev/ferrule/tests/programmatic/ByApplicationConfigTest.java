package dev.ferrule.tests.programmatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ByApplicationConfigTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Lines.class, Prefix.class, Application.class, Unselected.class);
    }

    @Test
    @Tag("obligation-7.10")
    void itSeesTheProgrammaticEndpointsAndDeploysThem() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("by-config"))) {
            client.sendText("line");
            assertThat(client.nextText()).isEqualTo("> line");
        }
    }

    @Test
    void anAnnotatedEndpointThatItDoesNotSelectIsNotDeployed() {
        assertThatThrownBy(() -> TestClient.connect(container, server.resolve("unselected")))
                .hasMessageContaining("404");
    }
}
