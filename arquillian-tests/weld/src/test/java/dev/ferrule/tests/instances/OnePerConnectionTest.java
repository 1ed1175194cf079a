package dev.ferrule.tests.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
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
    Census census;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Personal.class, Companion.class, Census.class);
    }

    @Test
    @Tag("obligation-1.1")
    @Tag("obligation-13.2")
    void eachConnectionHasItsOwnInstance(@Connect("personal") TestClient one, @Connect("personal") TestClient other)
            throws Exception {
        one.sendText("a");
        one.sendText("b");
        other.sendText("c");
        assertThat(List.of(one.nextText(), one.nextText(), other.nextText())).containsExactly("1", "2", "1");
    }

    @Test
    @Tag("obligation-13.2")
    void anInstanceIsDestroyedOnceAndWithItsDependents(TestClients clients) throws Exception {
        int born = census.endpointsBorn().get();
        clients.connect("personal").close();
        assertThat(census.endpointsBorn()).hasValue(born + 1);
        await().untilAsserted(() -> {
            assertThat(census.endpointsDead()).hasValue(census.endpointsBorn().get());
            assertThat(census.dependentsDead()).hasValue(census.dependentsBorn().get());
        });
    }

    @Test
    void noInstanceOutlivesAHundredConnections(TestClients clients) throws Exception {
        for (int i = 0; i < 100; i++) {
            clients.connect("personal").close();
        }
        await().untilAsserted(() -> assertThat(census.endpointsDead())
                .hasValue(census.endpointsBorn().get()));
        assertThat(census.dependentsBorn()).hasValue(census.endpointsBorn().get());
        assertThat(census.dependentsDead()).hasValue(census.dependentsBorn().get());
    }
}
