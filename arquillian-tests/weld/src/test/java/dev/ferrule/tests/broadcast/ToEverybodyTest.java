package dev.ferrule.tests.broadcast;

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

@ExtendWith(ArquillianExtension.class)
class ToEverybodyTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Ticker.class, Ticker.Price.class);
    }

    @Test
    void anInjectedBroadcastReachesEveryOpenSession() throws Exception {
        // Each is known to the server when its own message has come back.
        try (TestClient one = TestClient.connect(container, server.resolve("ticker"))) {
            one.sendText("{\"symbol\":\"FRL\",\"cents\":1}");
            assertThat(one.nextText()).isEqualTo("{\"cents\":1,\"symbol\":\"FRL\"}");
            try (TestClient other = TestClient.connect(container, server.resolve("ticker"))) {
                other.sendText("{\"symbol\":\"FRL\",\"cents\":4200}");
                assertThat(one.nextText()).isEqualTo("{\"cents\":4200,\"symbol\":\"FRL\"}");
                assertThat(other.nextText()).isEqualTo("{\"cents\":4200,\"symbol\":\"FRL\"}");
            }
        }
    }
}
