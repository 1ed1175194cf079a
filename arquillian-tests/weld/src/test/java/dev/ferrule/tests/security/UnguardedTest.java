package dev.ferrule.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import org.junit.jupiter.api.Test;

/** Roles that nobody could have, or that nobody would check, stop the start. */
class UnguardedTest {
    /** Contradicts itself. */
    @PermitAll
    @DenyAll
    @ServerEndpoint("/ambiguous")
    public static class Ambiguous {}

    /** A client has no caller. */
    @ClientEndpoint
    public static class Client {
        @OnOpen
        @RolesAllowed("member")
        void open() {}
    }

    /** Its callbacks are not asked. */
    @Dependent
    public static class Wrong extends Endpoint {
        @Produces
        static ServerEndpointConfig config() {
            return ServerEndpointConfig.Builder.create(Wrong.class, "/wrong").build();
        }

        @Override
        @RolesAllowed("admin")
        public void onOpen(Session session, EndpointConfig config) {}
    }

    /** Asks for a role in a callback. */
    @ServerEndpoint("/partly")
    public static class Partly {
        @OnMessage
        @RolesAllowed("keeper")
        void on(String message) {}
    }

    /** A superclass asks for a role. */
    @RolesAllowed("heir")
    public abstract static class Ancestor {}

    /** Says nothing itself. */
    @ServerEndpoint("/heir")
    public static class Heir extends Ancestor {}

    /** Replaces what its superclass says, which nobody would check for the callbacks of that class. */
    @Dependent
    @PermitAll
    public static class Replacing extends Vault {
        @Produces
        static ServerEndpointConfig config() {
            return ServerEndpointConfig.Builder.create(Replacing.class, "/replacing")
                    .build();
        }
    }

    @Test
    void rolesOfASuperclassNeedSomebodyWhoKnowsCallers() {
        assertThatThrownBy(() -> Containers.of(Heir.class, InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("Heir requires roles [heir]", "(endpoint at /heir)");
    }

    @Test
    void rolesOfASuperclassThatASubclassReplacesAreReportedWhereCallbacksAreNotChecked() {
        assertThatThrownBy(() -> Containers.of(Replacing.class, Accounts.class, InMemory.class)
                        .initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("Vault bears", "has no effect there");
    }

    @Test
    void rolesNeedSomebodyWhoKnowsCallers() {
        assertThatThrownBy(() ->
                        Containers.of(Club.class, Partly.class, InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "Club requires roles [admin, machine, member]",
                        "Partly requires roles [keeper]",
                        "HandshakeAuthenticator",
                        "(endpoint at /partly)");
    }

    /** Has annotated callbacks, but is deployed by a configuration. */
    @Dependent
    public static class Configured {
        @Produces
        static ServerEndpointConfig config() {
            return ServerEndpointConfig.Builder.create(Configured.class, "/configured")
                    .build();
        }

        @OnMessage
        @RolesAllowed("nobody")
        String on(String message) {
            return message;
        }

        @OnError
        void failed(Session session, Throwable failure) {
            session.getAsyncRemote().sendText(failure.getClass().getSimpleName());
        }
    }

    @Test
    void rolesOfAnnotatedCallbacksAreCheckedWhereAConfigurationDeploysThem() throws Exception {
        try (SeContainer container = Containers.of(Configured.class, Accounts.class, InMemory.class)
                        .initialize();
                TestClient client = TestClient.connect(
                        Containers.client(container), Containers.uri(container).resolve("configured"))) {
            client.sendText("hello");
            assertThat(client.nextText()).isEqualTo("AccessDeniedException");
        }
    }

    @Test
    void rolesWithoutEffectAreReported() {
        assertThatThrownBy(
                        () -> Containers.of(Ambiguous.class, Client.class, Wrong.class, Accounts.class, InMemory.class)
                                .initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "Ambiguous bears more than one of @DenyAll",
                        "Client.open() bears",
                        "Wrong.onOpen(Session, EndpointConfig) bears",
                        "has no effect there");
    }
}
