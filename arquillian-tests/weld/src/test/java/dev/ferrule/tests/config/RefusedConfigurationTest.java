package dev.ferrule.tests.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.tests.support.Containers;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong in a MicroProfile configuration stops the start, and is said completely. */
class RefusedConfigurationTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path classPath;

    private URLClassLoader application;

    @BeforeEach
    void anApplicationWithAConfigurationOfItsOwn() throws Exception {
        application = new URLClassLoader(new URL[] {classPath.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(application);
    }

    @AfterEach
    void nobodysConfiguration() throws Exception {
        Thread.currentThread().setContextClassLoader(before);
        application.close();
    }

    private void configuration(String... lines) throws Exception {
        Path file = classPath.resolve("META-INF/microprofile-config.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "ferrule.transport = memory\nferrule.port = 0\n" + String.join("\n", lines));
    }

    @Test
    void wrongValuesAreNamedAllAtOnce() throws Exception {
        configuration(
                "ferrule.limits.message = many",
                "ferrule.endpoint.\"/diary\".ping.interval = often",
                "ferrule.endpoint.\"/diary\".pong.interval = 1s",
                "ferrule.origin.allowed = ${ferrule.origin.allowed}");
        assertThatThrownBy(() -> Containers.of(Diary.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "ferrule.limits.message is 'many', but must be bytes",
                        "ferrule.endpoint.\"/diary\".ping.interval is 'often', but must be milliseconds",
                        "ferrule.endpoint.\"/diary\".pong.interval is no setting of an endpoint",
                        "ferrule.origin.allowed cannot be read");
    }

    @Test
    void keysForNoEndpointAreNamedWithTheEndpointsThereAre() throws Exception {
        configuration("ferrule.endpoint.\"/dairy\".ping.interval = 1s");
        assertThatThrownBy(() -> Containers.of(Diary.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("ferrule.endpoint.\"/dairy\".ping.interval", "Diary at /diary");
    }

    @Test
    void anExpressionWithoutValueIsNamedWithItsEndpoint() throws Exception {
        configuration();
        assertThatThrownBy(() -> Containers.of(Homeless.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("Homeless", "the key home.path has no value");
    }
}
