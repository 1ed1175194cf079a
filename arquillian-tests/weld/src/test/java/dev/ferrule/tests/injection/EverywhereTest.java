package dev.ferrule.tests.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever the specification lets an application write, it can inject into. */
@ExtendWith(ArquillianExtension.class)
class EverywhereTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Mailbox mailbox;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(
                Words.class,
                Word.class,
                WordDecoder.class,
                WordEncoder.class,
                WordConfigurator.class,
                Reader.class,
                ProgrammaticReader.class,
                Mailbox.class,
                Motto.class);
    }

    @Test
    @Tag("obligation-13.1")
    @Tag("obligation-13.5")
    void intoEndpointsByConstructorAndIntoConfigurators(@Connect("words") TestClient client) throws Exception {
        assertThat(client.nextText()).isEqualTo("endpoint: festina lente, configurator: festina lente");
    }

    @Test
    void intoDecodersAndEncoders(@Connect("words") TestClient client) throws Exception {
        client.nextText();
        client.sendText("a word");
        assertThat(client.nextText()).isEqualTo("a word, decoded by festina lente, encoded by festina lente");
    }

    @Test
    @Tag("obligation-13.4")
    @Tag("obligation-12.1")
    void intoClientEndpoints() throws Exception {
        try (Session session = container.connectToServer(Reader.class, server.resolve("words"))) {
            assertThat(mailbox.take()).isEqualTo("client: festina lente");
        }
    }

    @Test
    void intoProgrammaticClientEndpoints() throws Exception {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
        try (Session session = container.connectToServer(ProgrammaticReader.class, config, server.resolve("words"))) {
            assertThat(mailbox.take()).isEqualTo("programmatic client: festina lente");
        }
    }

    @Test
    void theServerContainerIsInjectableAndIsAWebSocketContainer(ServerContainer injected) {
        assertThat(injected.getDefaultMaxTextMessageBufferSize())
                .isEqualTo(container.getDefaultMaxTextMessageBufferSize());
    }
}
