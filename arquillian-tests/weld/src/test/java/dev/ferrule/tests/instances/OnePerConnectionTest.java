package dev.ferrule.tests.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class OnePerConnectionTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Census census;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Personal.class, Companion.class, Census.class);
    }

    @Test
    @Tag("obligation-1.1")
    @Tag("obligation-13.2")
    void eachConnectionHasItsOwnInstance() throws Exception {
        try (TestClient one = TestClient.connect(container, server.resolve("personal"));
                TestClient other = TestClient.connect(container, server.resolve("personal"))) {
            one.sendText("a");
            one.sendText("b");
            other.sendText("c");
            assertThat(List.of(one.nextText(), one.nextText(), other.nextText()))
                    .containsExactly("1", "2", "1");
        }
    }

    @Test
    @Tag("obligation-13.2")
    void anInstanceIsDestroyedOnceAndWithItsDependents() throws Exception {
        int born = census.endpointsBorn().get();
        TestClient.connect(container, server.resolve("personal")).close();
        assertThat(census.endpointsBorn()).hasValue(born + 1);
        await().untilAsserted(() -> {
            assertThat(census.endpointsDead()).hasValue(census.endpointsBorn().get());
            assertThat(census.dependentsDead()).hasValue(census.dependentsBorn().get());
        });
    }

    @Test
    void noInstanceOutlivesAHundredConnections() throws Exception {
        for (int i = 0; i < 100; i++) {
            TestClient.connect(container, server.resolve("personal")).close();
        }
        await().untilAsserted(() -> assertThat(census.endpointsDead())
                .hasValue(census.endpointsBorn().get()));
        assertThat(census.dependentsBorn()).hasValue(census.endpointsBorn().get());
        assertThat(census.dependentsDead()).hasValue(census.dependentsBorn().get());
    }
}
