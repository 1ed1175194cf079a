package dev.ferrule.tests.validation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import dev.ferrule.tests.support.Nothing;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.inject.Inject;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an application adds when it has started keeps the same rules. */
class AddedLaterTest {
    /** Behind a client proxy, which cannot pass on what is private. */
    @ApplicationScoped
    @ServerEndpoint("/hidden")
    public static class Hidden {
        @OnMessage
        private void on(String message) {}
    }

    /** Asks for a role, and nobody knows who has it. */
    @ServerEndpoint("/roles")
    @RolesAllowed("member")
    public static class Roles {}

    /** Cannot be injected. */
    public static class Needy implements Encoder.Text<StringBuilder> {
        @Inject
        Runnable nobodyHasOne;

        @Override
        public String encode(StringBuilder message) {
            return message.toString();
        }
    }

    /** Has nothing wrong of its own. */
    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    /** Deploys nothing at the start. */
    @ApplicationScoped
    public static class Later extends Nothing {}

    @Test
    void aCallbackThatAProxyCannotPassOnIsToldWithItsPath() {
        assertRefused(
                Hidden.class,
                "Hidden.on(String) is private, but the bean is @ApplicationScoped",
                "(endpoint at /hidden)");
    }

    @Test
    void rolesThatNobodyCouldHaveAreTold() {
        assertRefused(Roles.class, "Roles requires roles [member]", "(endpoint at /roles)");
    }

    @Test
    void aCoderThatCannotBeInjectedIsTold() {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(Programmatic.class, "/needy")
                .encoders(List.of(Needy.class))
                .build();
        try (SeContainer cdi = Containers.of(Later.class, InMemory.class).initialize()) {
            assertThatThrownBy(() -> container(cdi).addEndpoint(config))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContainingAll(
                            "Needy of " + Programmatic.class.getName() + " cannot be made", "(endpoint at /needy)");
        }
    }

    private static ServerContainer container(SeContainer cdi) {
        return cdi.select(ServerContainer.class).get();
    }

    private static void assertRefused(Class<?> endpoint, String... problems) {
        try (SeContainer cdi =
                Containers.of(Later.class, endpoint, InMemory.class).initialize()) {
            assertThatThrownBy(() -> container(cdi).addEndpoint(endpoint))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContainingAll(problems);
        }
    }
}
