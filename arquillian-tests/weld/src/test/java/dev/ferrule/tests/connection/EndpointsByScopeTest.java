package dev.ferrule.tests.connection;

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

/** An endpoint's scope says who gets the callbacks, and when that ends. */
@ExtendWith(ArquillianExtension.class)
class EndpointsByScopeTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Ledger ledger;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(ByConnection.class, Colleague.class, BySession.class, ByRequest.class, Ledger.class);
    }

    /** Two messages on one connection, one on another. */
    private List<String> threeAnswers(String path) throws Exception {
        try (TestClient one = TestClient.connect(container, server.resolve(path));
                TestClient other = TestClient.connect(container, server.resolve(path))) {
            one.sendText("a");
            one.sendText("b");
            other.sendText("c");
            return List.of(one.nextText(), one.nextText(), other.nextText());
        }
    }

    private void awaitEnds(String... ends) {
        String kind = ends[0].substring(0, ends[0].indexOf(':'));
        await().untilAsserted(() -> assertThat(ledger.entries().stream().filter(entry -> entry.startsWith(kind)))
                .containsExactlyInAnyOrder(ends));
    }

    @Test
    @Tag("obligation-13.3")
    void connectionScopedIsOnePerConnectionSharedWithItsOtherBeans() throws Exception {
        assertThat(threeAnswers("by-connection")).containsExactly("messages: 1", "messages: 2", "messages: 1");
        awaitEnds("by connection: 2", "by connection: 1");
    }

    @Test
    @Tag("obligation-13.3")
    void sessionScopedIsOnePerConnectionWhereThereIsNoHttpSession() throws Exception {
        assertThat(threeAnswers("by-session")).containsExactly("1 true", "2 true", "1 true");
        awaitEnds("by session: 2", "by session: 1");
    }

    @Test
    @Tag("obligation-13.3")
    void requestScopedIsOnePerCallback() throws Exception {
        assertThat(threeAnswers("by-request")).containsExactly("1", "1", "1");
        awaitEnds("by request: 1", "by request: 1", "by request: 1");
    }
}
