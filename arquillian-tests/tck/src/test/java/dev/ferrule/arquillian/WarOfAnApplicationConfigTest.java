package dev.ferrule.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.arquillian.application.Echo;
import dev.ferrule.arquillian.application.EverythingGiven;
import dev.ferrule.arquillian.application.InLibrary;
import dev.ferrule.arquillian.application.Programmatic;
import dev.ferrule.testkit.TestClient;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A WAR with a ServerApplicationConfig in a library: it decides, and is given only its own jar's classes (WSC-6.2-4, WSC-6.2-5). */
@ExtendWith(ArquillianExtension.class)
@Timeout(20)
class WarOfAnApplicationConfigTest {
    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive archive() {
        JavaArchive library = ShrinkWrap.create(JavaArchive.class, "library.jar")
                .addClasses(InLibrary.class, Programmatic.class, EverythingGiven.class);
        return ShrinkWrap.create(WebArchive.class, "config.war")
                .addClass(Echo.class)
                .addAsLibrary(library);
    }

    private TestClient connect(String path) throws Exception {
        URI uri = URI.create("ws://" + url.getAuthority() + url.getPath() + path);
        return TestClient.connect(ContainerProvider.getWebSocketContainer(), uri);
    }

    @Test
    @Tag("obligation-7.10")
    void theAnnotatedEndpointThatItReturnsIsDeployed() throws Exception {
        try (TestClient client = connect("library")) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("library: hello");
        }
    }

    @Test
    void theProgrammaticEndpointThatItReturnsIsDeployed() throws Exception {
        try (TestClient client = connect("programmatic")) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("programmatic: hello");
        }
    }

    @Test
    @Tag("obligation-7.10")
    void anEndpointOfAnotherArchiveIsNotDeployed() {
        assertThatThrownBy(() -> connect("echo"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
    }
}
