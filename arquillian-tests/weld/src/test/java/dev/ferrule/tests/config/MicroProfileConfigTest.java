package dev.ferrule.tests.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.BaseUri;
import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server takes its settings from the application's MicroProfile Config, also for single endpoints. */
@ExtendWith(ArquillianExtension.class)
class MicroProfileConfigTest {
    @Deployment
    static JavaArchive deployment() {
        return Archives.discovered("annotated", Chat.class, Diary.class, Notes.class)
                .addAsManifestResource(
                        "dev/ferrule/tests/config/microprofile-config.properties", "microprofile-config.properties");
    }

    @Test
    void settingsOfTheServer(@BaseUri URI server) {
        // The in-memory transport, which is only taken by name, numbers its ports from here on.
        assertThat(server.getPort()).isEqualTo(49_152);
    }

    @Test
    void anExpressionInAPath(@Connect("talk/lobby") TestClient client) throws Exception {
        client.sendText("Ada");
        assertThat(client.nextText()).isEqualTo("Welcome to lobby, Ada");
    }

    @Test
    void aSettingOfOneEndpointByItsPath(@Connect("talk/lobby") TestClient client) throws Exception {
        client.sendText("x".repeat(11));
        client.expectClose(1009).within(TestClient.PATIENCE);
    }

    @Test
    void aSettingOfOneEndpointByItsClassWithAnExpression(@Connect("diary") TestClient client) throws Exception {
        client.sendText("x".repeat(2048));
        assertThat(client.nextText()).isEqualTo("2048");
        client.sendText("x".repeat(2049));
        client.expectClose(1009).within(TestClient.PATIENCE);
    }

    @Test
    void aSettingOfAllOtherEndpoints(@Connect("notes") TestClient client) throws Exception {
        client.sendText("x".repeat(1024));
        assertThat(client.nextText()).isEqualTo("1024");
        client.sendText("x".repeat(1025));
        client.expectClose(1009).within(TestClient.PATIENCE);
    }
}
