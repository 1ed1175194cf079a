package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import dev.ferrule.tests.support.Archives;
import dev.ferrule.tests.support.InMemory;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class LeftOutTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        String filter = "<scan><exclude name='" + Alone.class.getName() + "'/></scan>";
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(Greeting.class, Greeter.class, InMemory.class, Unwanted.class, Alone.class)
                .addClasses(Unfit.class, Derived.class, Visitor.class)
                .addAsManifestResource(new StringAsset(Archives.beansXml("annotated", filter)), "beans.xml");
    }

    @Test
    void aVetoedEndpointIsNotDeployed(TestClients clients) {
        assertThatThrownBy(() -> clients.connect("unwanted")).hasMessageContaining("404");
    }

    @Test
    void anEndpointThatAFilterExcludesIsNotDeployed(TestClients clients) {
        assertThatThrownBy(() -> clients.connect("alone")).hasMessageContaining("404");
    }

    @Test
    @Tag("obligation-7.12")
    void neitherAnAbstractClassNorItsSubclassWithoutAnAnnotationIsDeployed(TestClients clients) {
        assertThatThrownBy(() -> clients.connect("unfit")).hasMessageContaining("404");
    }

    @Test
    @Tag("obligation-12.13")
    void aClientEndpointIsNeitherDeployedNorMade() throws Exception {
        assertThat(Visitor.MADE).hasValue(0);
        container.connectToServer(Visitor.class, server.resolve("greeting")).close();
        assertThat(Visitor.MADE).hasValue(1);
    }

    @Test
    @Tag("obligation-7.11")
    void itsNeighbourIs(@Connect("greeting") TestClient client) {
        assertThat(client.session().isOpen()).isTrue();
    }
}
