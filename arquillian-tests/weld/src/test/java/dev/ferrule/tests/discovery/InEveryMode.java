package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import org.junit.jupiter.api.Test;

/** The same conversation, whatever the archive's discovery mode. */
abstract class InEveryMode {
    @Test
    void anEndpointWithNoOtherAnnotationIsABean(@Connect("greeting") TestClient client) throws Exception {
        client.sendText("Ada");
        assertThat(client.nextText()).isEqualTo("Hello, Ada");
    }
}
