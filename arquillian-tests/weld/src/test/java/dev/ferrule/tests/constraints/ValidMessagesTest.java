package dev.ferrule.tests.constraints;

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

/** With a validator on the class path, constraints on what a callback takes are checked before it is called. */
@ExtendWith(ArquillianExtension.class)
class ValidMessagesTest {
    @Inject
    WebSocketContainer container;

    @Inject
    @ServerUri
    URI server;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Shop.class, SharedShop.class, Order.class);
    }

    private String answer(String path, String message) throws Exception {
        try (TestClient client = TestClient.connect(container, server.resolve(path))) {
            client.sendText(message);
            return client.nextText();
        }
    }

    @Test
    void aValidMessageIsDelivered() throws Exception {
        assertThat(answer("shop/abc", "{\"item\":\"tea\",\"amount\":2}")).isEqualTo("2 tea in abc");
    }

    @Test
    void anInvalidOneGoesToTheErrorMethodWithEveryViolation() throws Exception {
        assertThat(answer("shop/abcd", "{\"item\":\" \",\"amount\":0}"))
                .isEqualTo("on.branch size must be between 0 and 3, on.order.amount must be greater than or equal to 1,"
                        + " on.order.item must not be blank");
    }

    @Test
    void alsoBehindAClientProxy() throws Exception {
        assertThat(answer("shared", "{\"item\":\"tea\",\"amount\":2}")).isEqualTo("sold");
        assertThat(answer("shared", "{\"item\":\"tea\",\"amount\":0}")).isEqualTo("ConstraintViolationException");
    }
}
