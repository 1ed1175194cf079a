package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class TheOnlyClassTest {
    @Deployment
    static JavaArchive deployment() {
        return Archives.discovered("annotated", Alone.class);
    }

    @Test
    void anArchiveOfNothingButAnEndpointStarts(@Connect("alone") TestClient client) throws Exception {
        client.sendText("anybody?");
        assertThat(client.nextText()).isEqualTo("anybody?");
    }
}
