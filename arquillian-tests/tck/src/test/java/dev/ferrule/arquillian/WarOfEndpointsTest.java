package dev.ferrule.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.arquillian.application.Echo;
import dev.ferrule.arquillian.application.Loaders;
import dev.ferrule.arquillian.application.Programmatic;
import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import jakarta.websocket.DeploymentException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A WAR without a ServerApplicationConfig: its annotated endpoints are deployed (WSC-6.2-3). */
@ExtendWith(ArquillianExtension.class)
@Timeout(20)
class WarOfEndpointsTest {
    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive archive() {
        return ShrinkWrap.create(WebArchive.class, "endpoints.war")
                .addClasses(Echo.class, Loaders.class, Programmatic.class);
    }

    @Test
    void theArchivesNameIsTheContextPath() {
        assertThat(url.getPath()).isEqualTo("/endpoints/");
    }

    @Test
    @Tag("obligation-7.11")
    void anAnnotatedEndpointAnswers(@Connect("echo") TestClient client) throws Exception {
        client.sendText("hello");
        assertThat(client.nextText()).isEqualTo("hello");
    }

    @Test
    @Tag("obligation-15.1")
    void callbacksRunInTheArchivesClassLoader(@Connect("loaders") TestClient client) throws Exception {
        client.sendText("?");
        assertThat(client.nextText()).isEqualTo("WarClassLoader true");
    }

    @Test
    @Tag("obligation-7.11")
    void aProgrammaticEndpointIsNotDeployed(TestClients clients) {
        assertThatThrownBy(() -> clients.connect("programmatic"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
    }
}
