package dev.ferrule.tests.programmatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import dev.ferrule.tests.support.Archives;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ByApplicationConfigTest {
    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Lines.class, Prefix.class, Application.class, Unselected.class);
    }

    @Test
    @Tag("obligation-7.10")
    void itSeesTheProgrammaticEndpointsAndDeploysThem(@Connect("by-config") TestClient client) throws Exception {
        client.sendText("line");
        assertThat(client.nextText()).isEqualTo("> line");
    }

    @Test
    void anAnnotatedEndpointThatItDoesNotSelectIsNotDeployed(TestClients clients) {
        assertThatThrownBy(() -> clients.connect("unselected")).hasMessageContaining("404");
    }
}
