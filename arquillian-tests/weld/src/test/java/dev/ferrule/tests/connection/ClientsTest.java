package dev.ferrule.tests.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ClientsTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Ledger ledger;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(
                Reader.class,
                Reader.Configurator.class,
                Worker.class,
                Draft.class,
                Library.class,
                Ledger.class,
                Gate.class);
    }

    @Test
    void aClientsConfiguratorAndCallbacksShareAConnectionOfTheirOwn() throws Exception {
        try (Session session = container.connectToServer(Reader.class, server.resolve("worker"))) {
            session.getBasicRemote().sendText("hello");
            await().untilAsserted(() -> assertThat(ledger.entries())
                    .anySatisfy(
                            entry -> assertThat(entry).startsWith("hello+task true read with asked, opened, read ")));
        }
        await().untilAsserted(() -> assertThat(ledger.entries())
                .anySatisfy(entry -> assertThat(entry).endsWith("ended with 'asked, opened, read '"))
                .anySatisfy(entry -> assertThat(entry).endsWith("ended with 'hello+task'")));
    }
}
