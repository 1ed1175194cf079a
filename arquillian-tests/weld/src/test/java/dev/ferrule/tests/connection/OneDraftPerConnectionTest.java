package dev.ferrule.tests.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code @ConnectionScoped}: from before checkOrigin to after the last clean-up, everybody in a connection shares one. */
@ExtendWith(ArquillianExtension.class)
class OneDraftPerConnectionTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Ledger ledger;

    @Inject
    Library library;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(
                Writer.class,
                WriterConfigurator.class,
                Line.class,
                LineCoder.class,
                Draft.class,
                Library.class,
                Ledger.class);
    }

    private TestClient connect(Headers headers) throws Exception {
        return TestClient.connect(container, headers.config(), server.resolve("writer"));
    }

    @Test
    void configuratorsCodersCallbacksAndOtherBeansShareIt() throws Exception {
        Headers headers = new Headers("http://friend.example");
        try (TestClient client = connect(headers)) {
            String id = headers.answered("Draft");
            client.sendText("a");
            assertThat(client.nextText())
                    .isEqualTo(
                            "from http://friend.example: a open=%1$s message=%1$s library=%1$s decoder=%1$s encoder=%1$s"
                                            .formatted(id)
                                    + " init=" + id);
            client.sendText("b");
            assertThat(client.nextText()).startsWith("from http://friend.example: ab ");
        }
    }

    @Test
    void anotherConnectionHasAnother() throws Exception {
        Headers one = new Headers("http://one.example");
        Headers other = new Headers("http://other.example");
        try (TestClient first = connect(one);
                TestClient second = connect(other)) {
            assertThat(one.answered("Draft")).isNotEqualTo(other.answered("Draft"));
            second.sendText("x");
            first.sendText("y");
            assertThat(second.nextText()).startsWith("from http://other.example: x ");
            assertThat(first.nextText()).startsWith("from http://one.example: y ");
        }
    }

    @Test
    void itEndsAfterEverythingElseOfTheConnection() throws Exception {
        Headers headers = new Headers("http://friend.example");
        try (TestClient client = connect(headers)) {
            client.sendText("all");
            client.nextText();
        }
        String id = headers.answered("Draft");
        String end = "draft " + id + " ended with 'from http://friend.example: all'";
        await().untilAsserted(() -> assertThat(ledger.entries()).contains(end));
        List<String> ofThis = ledger.entries().stream()
                .filter(entry -> (entry + " ").contains("draft " + id + " "))
                .toList();
        assertThat(ofThis)
                .containsExactly(
                        "close of draft " + id,
                        "coder of draft " + id + " destroyed",
                        "coder of draft " + id + " destroyed",
                        "endpoint of draft " + id + " destroyed",
                        end);
    }

    @Test
    void aRefusedHandshakeWasAConnectionToo() {
        Headers headers = new Headers("http://evil.example");
        assertThatThrownBy(() -> connect(headers)).isInstanceOf(DeploymentException.class);
        await().untilAsserted(() -> assertThat(ledger.entries())
                .anySatisfy(entry -> assertThat(entry).endsWith("ended with 'from http://evil.example: '")));
    }

    @Test
    void thereIsNoneOutsideOfConnections() {
        assertThatThrownBy(() -> library.draftId())
                .isInstanceOf(ContextNotActiveException.class)
                .hasMessageContaining("ConnectionScoped");
    }
}
