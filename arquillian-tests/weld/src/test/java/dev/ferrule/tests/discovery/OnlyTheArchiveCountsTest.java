package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import dev.ferrule.tests.support.Archives;
import jakarta.websocket.DeploymentException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class OnlyTheArchiveCountsTest {
    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Greeting.class, Greeter.class);
    }

    @Test
    void anEndpointOfTheArchiveIsDeployed(@Connect("greeting") TestClient client) throws Exception {
        client.sendText("Ada");
        assertThat(client.nextText()).isEqualTo("Hello, Ada");
    }

    @Test
    void anEndpointOnTheClassPathOfTheTestIsNot(TestClients clients) {
        assertThatThrownBy(() -> clients.connect("not-in-the-archive"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
    }
}
