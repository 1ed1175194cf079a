package dev.ferrule.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.arquillian.application.Broken;
import dev.ferrule.arquillian.application.Echo;
import dev.ferrule.arquillian.application.Traced;
import dev.ferrule.testkit.TestClient;
import jakarta.websocket.ContainerProvider;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused, what is tolerated, and what is left behind. */
@Timeout(20)
class WarContainerTest {
    private static final String SERVICE = "META-INF/services/jakarta.websocket.ContainerProvider";

    private final WarContainer container = new WarContainer();

    private static WebArchive war(Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class, "some.war").addClasses(classes);
    }

    private URI deploy(WebArchive archive) throws DeploymentException {
        HTTPContext context = container
                .deploy(archive)
                .getContexts(HTTPContext.class)
                .iterator()
                .next();
        return URI.create("ws://" + context.getHost() + ":" + context.getPort() + "/some/");
    }

    @Test
    void aRefusedArchiveFailsWithTheReason() {
        assertThatThrownBy(() -> deploy(war(Echo.class, Broken.class)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("some.war")
                .hasMessageContaining("'no-slash'");
    }

    @Test
    void whereRefusalsAreToleratedAServerWithoutEndpointsStandsIn() throws Exception {
        WarContainerConfiguration tolerant = new WarContainerConfiguration();
        tolerant.setRefusalsTolerated(true);
        container.setup(tolerant);
        WebArchive archive = war(Echo.class, Broken.class);
        URI uri = deploy(archive);
        try {
            assertThatThrownBy(() -> TestClient.connect(ContainerProvider.getWebSocketContainer(), uri.resolve("echo")))
                    .isInstanceOf(jakarta.websocket.DeploymentException.class)
                    .hasMessageContaining("404");
        } finally {
            container.undeploy(archive);
        }
    }

    @Test
    void aNameMayHaveLettersOfAnyLanguage() throws Exception {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, "café.war").addClasses(Echo.class);
        int port = deploy(archive).getPort();
        try (TestClient client = TestClient.connect(
                ContainerProvider.getWebSocketContainer(), URI.create("ws://127.0.0.1:" + port + "/caf%C3%A9/echo"))) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("hello");
        } finally {
            container.undeploy(archive);
        }
    }

    @Test
    void onlyWarsAreDeployed() {
        assertThatThrownBy(() -> container.deploy(ShrinkWrap.create(JavaArchive.class, "some.jar")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("'some.jar' is no WAR");
    }

    @Test
    void undeployingEndsTheConnections() throws Exception {
        WebArchive archive = war(Echo.class);
        URI uri = deploy(archive);
        TestClient client = TestClient.connect(ContainerProvider.getWebSocketContainer(), uri.resolve("echo"));
        container.undeploy(archive);
        assertThat(client.closeReason().getCloseCode().getCode()).isEqualTo(1001);
    }

    @Test
    void anUndeployedArchivesClassesAreCollected() throws Exception {
        WebArchive archive = war(Traced.class);
        URI uri = deploy(archive);
        try (TestClient client = TestClient.connect(ContainerProvider.getWebSocketContainer(), uri.resolve("traced"))) {
            client.sendText("here");
            client.nextText();
        }
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        Reference<Object> traced = new PhantomReference<>(System.getProperties().remove(Traced.KEY), queue);
        container.undeploy(archive);
        Reference<?> collected = null;
        for (int attempt = 0; collected == null && attempt < 50; attempt++) {
            System.gc();
            collected = queue.remove(100);
        }
        assertThat(collected).isSameAs(traced);
    }

    @Test
    void nothingOfAnArchiveIsLeftOnDisk() throws Exception {
        ExplodedWar files = ExplodedWar.of(war(Echo.class));
        assertThat(files.roots()).isNotEmpty().allMatch(Files::isDirectory);
        files.close();
        assertThat(files.directory()).doesNotExist();
    }

    @Test
    void theServiceFileOfALibraryComesBeforeThatOfTheTest() throws IOException {
        JavaArchive library =
                ShrinkWrap.create(JavaArchive.class, "lib.jar").addAsResource(new StringAsset("own"), SERVICE);
        try (ExplodedWar files = ExplodedWar.of(war(Echo.class).addAsLibrary(library));
                WarClassLoader loader =
                        new WarClassLoader(files.roots(), getClass().getClassLoader())) {
            Path jar = files.roots().get(1);
            assertThat(Collections.list(loader.getResources(SERVICE)))
                    .hasSizeGreaterThan(1)
                    .first()
                    .asString()
                    .contains(jar.toString());
        }
    }

    @Test
    void aPortThatCannotBeIsRefused() {
        WarContainerConfiguration wrong = new WarContainerConfiguration();
        wrong.setPort(65_536);
        assertThatThrownBy(wrong::validate)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("65536");
    }
}
