package dev.ferrule.tests.interception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Decorators stand around callbacks that an interface of the endpoint declares. */
@ExtendWith(ArquillianExtension.class)
class DecoratedCallbacksTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Talk.class, Talker.class, Polite.class);
    }

    @Test
    void aDecoratorSeesTheMessageAndTheAnswer() throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve("talk"))) {
            client.sendText("tea");
            assertThat(client.nextText()).isEqualTo("said tea, please, thank you");
        }
    }
}
