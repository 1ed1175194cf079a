package dev.ferrule.tests.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be injected of a connection, in any bean that runs in it. */
@ExtendWith(ArquillianExtension.class)
class FactsOfAConnectionTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Inject
    Desk desk;

    @Inject
    Session session;

    @Inject
    Caretaker caretaker;

    @Deployment
    static JavaArchive deployment() {
        return Archives.onPort(Reception.class, Reception.Configurator.class, Desk.class, Room.class, Caretaker.class);
    }

    private TestClient connect(String path) throws Exception {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        headers.put("X-Test", List.of("value"));
                        headers.put("Accept-Language", List.of("fr-CH, en;q=0.5"));
                    }
                })
                .build();
        return TestClient.connect(container, config, server.resolve(path));
    }

    private String ask(TestClient client, String question) throws Exception {
        client.sendText(question);
        return client.nextText();
    }

    @Test
    void theSessionTheRequestAndTheConfiguration() throws Exception {
        try (TestClient client = connect("reception/blue/6?q=1&q=2")) {
            assertThat(ask(client, "session")).isEqualTo("true");
            assertThat(ask(client, "header")).isEqualTo("value");
            assertThat(ask(client, "query")).isEqualTo("[1, 2] of q=1&q=2");
            assertThat(ask(client, "property")).isEqualTo("for value");
        }
    }

    @Test
    void theFactsThatTheNextVersionOfTheApiAdds() throws Exception {
        try (TestClient client = connect("reception/blue/6")) {
            assertThat(ask(client, "locale")).isEqualTo("fr_CHtrue");
            assertThat(ask(client, "address")).isEqualTo("127.0.0.1 true 127.0.0.1");
        }
    }

    @Test
    void pathParametersAreConverted() throws Exception {
        try (TestClient client = connect("reception/bl%C3%BCe/6")) {
            assertThat(ask(client, "path")).isEqualTo("blüe 7 6 null");
        }
    }

    @Test
    void aPathParameterThatDoesNotConvertFindsNothing() {
        assertThatThrownBy(() -> connect("reception/blue/six"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
    }

    @Test
    void theOpenSessionsOfAnEndpointAreThereForEverybody() throws Exception {
        try (TestClient client = connect("reception/red/1")) {
            ask(client, "session");
            assertThat(caretaker.inRooms())
                    .isEqualTo(caretaker.atPath("/reception/{room}/{table}"))
                    .anySatisfy(open -> assertThat(open.getPathParameters()).containsEntry("room", "red"));
            assertThat(caretaker.atPath("/elsewhere")).isEmpty();
        }
        await().untilAsserted(() -> assertThat(caretaker.inRooms())
                .noneSatisfy(open -> assertThat(open.getPathParameters()).containsEntry("room", "red")));
    }

    @Test
    void outsideOfConnectionsTheProxiesSaySo() {
        for (Runnable use :
                List.<Runnable>of(desk::sessionId, () -> desk.header("x"), () -> desk.property("x"), session::getId)) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(ContextNotActiveException.class)
                    .hasMessageContainingAll("runs no code of a WebSocket connection", "@InConnection");
        }
    }
}
