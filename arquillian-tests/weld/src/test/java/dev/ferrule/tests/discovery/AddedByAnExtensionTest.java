package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import org.junit.jupiter.api.Test;

/** What another extension adds as a type is an endpoint as any other. */
class AddedByAnExtensionTest {
    /** Neither a scope nor a bean archive. */
    @ServerEndpoint("/added")
    public static class Added {
        @Inject
        InMemory anyBean;

        @OnMessage
        String on(String message) {
            return message + " by " + anyBean.value("ferrule.transport");
        }
    }

    /** Adds it. */
    public static class Adding implements Extension {
        void add(@Observes BeforeBeanDiscovery event) {
            event.addAnnotatedType(Added.class, "added");
        }
    }

    @Test
    void anEndpointThatAnotherExtensionAddsIsDeployedAndInjected() throws Exception {
        try (SeContainer cdi = Containers.of(InMemory.class)
                        .addExtensions(new Adding())
                        .initialize();
                TestClient client = TestClient.connect(
                        Containers.client(cdi), Containers.uri(cdi).resolve("added"))) {
            client.sendText("sent");
            assertThat(client.nextText()).isEqualTo("sent by memory");
        }
    }
}
