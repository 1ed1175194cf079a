package dev.ferrule.tests.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class CodersTest {
    @Inject
    Census census;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Shouting.class, Shout.class, Shout.Word.class, Companion.class, Census.class);
    }

    @Test
    void anEncoderThatIsNoBeanIsDestroyedWithItsConnectionAllTheSame(@Connect("shouting") TestClient client)
            throws Exception {
        client.sendText("hey");
        assertThat(client.nextText()).isEqualTo("hey!");
        assertThat(census.endpointsDead()).hasValue(0);
        client.close();
        await().untilAsserted(() -> {
            assertThat(census.endpointsDead()).hasValue(1);
            assertThat(census.dependentsDead()).hasValue(1);
        });
    }
}
