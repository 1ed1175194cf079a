package dev.ferrule.tests.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of callbacks among the request contexts of others. */
@ExtendWith(ArquillianExtension.class)
class BesideOtherRequestsTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    /** On the thread of a test Arquillian keeps a request active. */
    @Inject
    Request ofTheTest;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(HandshakeRequests.class, Activating.class, Request.class, Ended.class)
                .addClass(HandshakeRequests.Configurator.class);
    }

    @Test
    void allConfiguratorCallsOfAHandshakeAndTheEndpointsCreationAreOneRequest(@Connect("handshake") TestClient client)
            throws Exception {
        String[] ids = client.nextText().split(" ");
        assertThat(ids[0]).isEqualTo(ids[1]).isNotEqualTo(ofTheTest.id());
    }

    @Test
    void aCallbackOnAThreadWithARequestTakesPartInThatRequest() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        seen.set(ofTheTest.id());
                    }
                })
                .build();
        TestClient.connect(container, config, server.resolve("handshake")).close();
        assertThat(seen).hasValue(ofTheTest.id());
    }

    @Test
    void activatingARequestInACallbackChangesNothing(@Connect("activating") TestClient client) throws Exception {
        client.sendText("which?");
        assertThat(client.nextText()).hasSize(36).isNotEqualTo(ofTheTest.id());
    }

    @Test
    void outsideOfCallbacksThereIsNoRequest() {
        CompletableFuture<String> elsewhere = CompletableFuture.supplyAsync(() -> ofTheTest.id());
        assertThatThrownBy(elsewhere::get).hasCauseInstanceOf(ContextNotActiveException.class);
    }
}
