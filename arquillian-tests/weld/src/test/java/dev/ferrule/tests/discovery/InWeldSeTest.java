package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.discovery.unscoped.Unscoped;
import dev.ferrule.tests.support.Archives;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discovery as an application has it: jars and directories on its class path. */
class InWeldSeTest {
    @TempDir
    Path folder;

    private final Thread thread = Thread.currentThread();
    private ClassLoader before;

    @BeforeEach
    void rememberTheClassLoader() {
        before = thread.getContextClassLoader();
    }

    @AfterEach
    void restoreTheClassLoader() throws Exception {
        if (thread.getContextClassLoader() instanceof URLClassLoader own) {
            own.close();
        }
        thread.setContextClassLoader(before);
    }

    private SeContainerInitializer on(File root) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {root.toURI().toURL()}, before);
        thread.setContextClassLoader(loader);
        return SeContainerInitializer.newInstance().setClassLoader(loader);
    }

    private File jar(JavaArchive archive) {
        File jar = folder.resolve("application.jar").toFile();
        archive.as(ZipExporter.class).exportTo(jar);
        return jar;
    }

    private static void assertGreets(SeContainer cdi) throws Exception {
        try (TestClient client =
                TestClient.connect(Containers.client(cdi), Containers.uri(cdi).resolve("greeting"))) {
            client.sendText("Ada");
            assertThat(client.nextText()).isEqualTo("Hello, Ada");
        }
    }

    @Test
    @Tag("obligation-13.7")
    void anEndpointOfAJarIsFound() throws Exception {
        File jar = jar(Archives.inMemory(Greeting.class, Greeter.class));
        try (SeContainer cdi = on(jar).initialize()) {
            assertGreets(cdi);
        }
    }

    @Test
    void anEndpointOfADirectoryIsFound() throws Exception {
        File directory = Archives.inMemory(Greeting.class, Greeter.class)
                .as(ExplodedExporter.class)
                .exportExploded(folder.toFile(), "classes");
        try (SeContainer cdi = on(directory).initialize()) {
            assertGreets(cdi);
        }
    }

    @Test
    @Tag("obligation-13.7")
    void anApplicationOfNothingButAnEndpointStarts() throws Exception {
        File jar = jar(Archives.discovered("annotated", Alone.class));
        try (SeContainer cdi = on(jar).initialize();
                TestClient client = TestClient.connect(
                        Containers.client(cdi), Containers.uri(cdi).resolve("alone"))) {
            client.sendText("anybody?");
            assertThat(client.nextText()).isEqualTo("anybody?");
        }
    }

    /** Vetoes an endpoint that only the search of the jar has found. */
    public static class Vetoer implements Extension {
        void veto(@Observes ProcessAnnotatedType<Alone> event) {
            event.veto();
        }
    }

    @Test
    void anEndpointOfAJarThatAnExtensionVetoesIsNotDeployed() throws Exception {
        File jar = jar(Archives.inMemory(Greeting.class, Greeter.class, Alone.class));
        try (SeContainer cdi = on(jar).addExtensions(new Vetoer()).initialize()) {
            assertGreets(cdi);
            assertThatThrownBy(() -> TestClient.connect(
                            Containers.client(cdi), Containers.uri(cdi).resolve("alone")))
                    .hasMessageContaining("404");
        }
    }

    @Test
    void anArchiveOfModeNoneHasNoEndpoints() throws Exception {
        File jar = jar(Archives.discovered("none", Greeting.class, Greeter.class));
        try (SeContainer cdi =
                on(jar).addBeanClasses(InMemory.class, Alone.class).initialize()) {
            assertThatThrownBy(() -> TestClient.connect(
                            Containers.client(cdi), Containers.uri(cdi).resolve("greeting")))
                    .hasMessageContaining("404");
        }
    }

    @Test
    void whereDiscoveryIsOffOnlyNamedEndpointsAreDeployed() throws Exception {
        File jar = jar(Archives.inMemory(Greeting.class, Greeter.class));
        on(jar);
        try (SeContainer cdi = Containers.of(InMemory.class, Alone.class).initialize()) {
            TestClient.connect(Containers.client(cdi), Containers.uri(cdi).resolve("alone"))
                    .close();
            assertThatThrownBy(() -> TestClient.connect(
                            Containers.client(cdi), Containers.uri(cdi).resolve("greeting")))
                    .hasMessageContaining("404");
        }
    }

    @Test
    void inPackagesThatAreAddedOnlyEndpointsWithAScopeAreFound() throws Exception {
        try (SeContainer cdi =
                Containers.of(InMemory.class).addPackages(Unscoped.class).initialize()) {
            TestClient.connect(Containers.client(cdi), Containers.uri(cdi).resolve("scoped"))
                    .close();
            assertThatThrownBy(() -> TestClient.connect(
                            Containers.client(cdi), Containers.uri(cdi).resolve("unscoped")))
                    .hasMessageContaining("404");
        }
    }

    @Test
    void whoAsksForTheUriOfAServerWithoutEndpointsIsToldThatThereAreNone() {
        try (SeContainer cdi = Containers.of(InMemory.class).initialize()) {
            assertThatThrownBy(() -> Containers.uri(cdi))
                    .hasStackTraceContaining("there are no endpoints")
                    .hasStackTraceContaining("only those with a scope are found");
        }
    }
}
