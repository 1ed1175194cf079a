package dev.ferrule.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.OnPort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that is only a client needs no port. */
class WithoutEndpointsTest {
    /** Some bean. */
    @ApplicationScoped
    public static class Bystander {}

    /** Adds its endpoint itself, when the application starts. */
    @ApplicationScoped
    public static class Latecomer {
        void add(@Observes @Initialized(ApplicationScoped.class) Object event, ServerContainer container)
                throws DeploymentException {
            container.addEndpoint(Ear.class);
        }
    }

    /** Takes endpoints out of the deployment. */
    public static class Vetoer implements Extension {
        void veto(@Observes ProcessAnnotatedType<Ear> event) {
            event.veto();
        }
    }

    @Test
    void anEndpointThatAnExtensionVetoesIsNone() {
        try (SeContainer cdi = Containers.of(Ear.class, Bystander.class, OnPort.class)
                .addExtensions(new Vetoer())
                .initialize()) {
            assertThatThrownBy(() -> Containers.uri(cdi)).hasStackTraceContaining("The server does not listen");
        }
    }

    @Test
    void noServerIsStarted() {
        try (SeContainer cdi = Containers.of(Bystander.class, OnPort.class).initialize()) {
            assertThatThrownBy(() -> Containers.uri(cdi)).hasStackTraceContaining("The server does not listen");
        }
    }

    @Test
    @Tag("obligation-12.4")
    void theContainerConnectsToOthers() throws Exception {
        try (SeContainer server = Containers.of(Ear.class, OnPort.class).initialize();
                SeContainer client =
                        Containers.of(Bystander.class, OnPort.class).initialize();
                TestClient peer = TestClient.connect(
                        Containers.client(client), Containers.uri(server).resolve("ear"))) {
            peer.sendText("hello");
            assertThat(peer.nextText()).isEqualTo("1");
        }
    }

    @Test
    @Tag("obligation-7.14")
    void anEndpointThatTheApplicationAddsWhileItStartsIsServed() throws Exception {
        try (SeContainer cdi = Containers.of(Latecomer.class, OnPort.class).initialize();
                TestClient peer = TestClient.connect(
                        Containers.client(cdi), Containers.uri(cdi).resolve("ear"))) {
            peer.sendText("hello");
            assertThat(peer.nextText()).isEqualTo("1");
        }
    }
}
