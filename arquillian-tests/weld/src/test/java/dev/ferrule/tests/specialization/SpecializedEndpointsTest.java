package dev.ferrule.tests.specialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bean that specializes another is the endpoint instead of it. */
class SpecializedEndpointsTest {
    /** To be specialized. */
    @ServerEndpoint("/original")
    @ApplicationScoped
    public static class Original {
        @OnMessage
        public String on(String text) {
            return "original";
        }
    }

    /** Takes over the path. */
    @Specializes
    @ApplicationScoped
    public static class Special extends Original {
        @Override
        @OnMessage
        public String on(String text) {
            return "special";
        }

        @OnMessage
        String on(ByteBuffer bytes) {
            return "its own";
        }
    }

    @Test
    void theSpecializingBeanGetsTheCallbacksAtThePathOfTheOther() throws Exception {
        try (SeContainer cdi = Containers.of(Original.class, Special.class, InMemory.class)
                        .initialize();
                TestClient client = connect(cdi, "original")) {
            client.sendText("who?");
            assertThat(client.nextText()).isEqualTo("special");
            client.sendBinary(ByteBuffer.allocate(1));
            assertThat(client.nextText()).isEqualTo("its own");
        }
    }

    /** Specializes what specializes, without a scope of its own. */
    @Specializes
    public static class MoreSpecial extends Special {
        @Override
        @OnMessage
        public String on(String text) {
            return "more special";
        }
    }

    @Test
    void theLastOfSeveralSpecializingBeansIsTheEndpoint() throws Exception {
        try (SeContainer cdi = Containers.of(Original.class, Special.class, MoreSpecial.class, InMemory.class)
                        .initialize();
                TestClient client = connect(cdi, "original")) {
            client.sendText("who?");
            assertThat(client.nextText()).isEqualTo("more special");
        }
    }

    /** Has a path of its own. */
    @Specializes
    @ApplicationScoped
    @ServerEndpoint("/elsewhere")
    public static class Elsewhere extends Original {
        @Override
        @OnMessage
        public String on(String text) {
            return "elsewhere";
        }
    }

    @Test
    void aSpecializingBeanWithAPathOfItsOwnIsTheOnlyEndpoint() throws Exception {
        try (SeContainer cdi = Containers.of(Original.class, Elsewhere.class, InMemory.class)
                        .initialize();
                TestClient client = connect(cdi, "elsewhere")) {
            client.sendText("who?");
            assertThat(client.nextText()).isEqualTo("elsewhere");
            assertThatThrownBy(() -> connect(cdi, "original")).hasMessageContaining("404");
        }
    }

    /** Asks for a role that the other did not ask for. */
    @Specializes
    @ApplicationScoped
    @RolesAllowed("member")
    public static class Guarded extends Original {}

    @Test
    void theRolesOfTheSpecializingBeanCount() {
        assertThatThrownBy(() -> Containers.of(Original.class, Guarded.class, InMemory.class)
                        .initialize())
                .hasMessageContaining("Guarded requires roles [member]");
    }

    /** Deploys one more endpoint than there are. */
    @ApplicationScoped
    public static class Application implements ServerApplicationConfig {
        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            Set<ServerEndpointConfig> configs = new HashSet<>();
            for (Class<? extends Endpoint> type : found) {
                configs.add(ServerEndpointConfig.Builder.create(type, "/" + type.getSimpleName())
                        .build());
            }
            return configs;
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            return found;
        }
    }

    /** Specialized, and so none that decides. */
    @Specializes
    public static class Nothing extends Application {
        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            return Set.of();
        }
    }

    /** A programmatic endpoint to be specialized. */
    @ApplicationScoped
    public static class Plain extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.getAsyncRemote().sendText("plain");
        }
    }

    /** Specializes it. */
    @Specializes
    @ApplicationScoped
    public static class Fancy extends Plain {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.getAsyncRemote().sendText("fancy");
        }
    }

    @Test
    void anApplicationConfigurationIsToldOnlyOfTheSpecializingEndpoint() throws Exception {
        try (SeContainer cdi = Containers.of(Plain.class, Fancy.class, Application.class, InMemory.class)
                        .initialize();
                TestClient client = connect(cdi, "Fancy")) {
            assertThat(client.nextText()).isEqualTo("fancy");
            assertThatThrownBy(() -> connect(cdi, "Plain")).hasMessageContaining("404");
        }
    }

    @Test
    void onlyTheSpecializingApplicationConfigurationDecides() throws Exception {
        try (SeContainer cdi = Containers.of(
                                Original.class, Plain.class, Application.class, Nothing.class, InMemory.class)
                        .initialize();
                TestClient client = connect(cdi, "Plain")) {
            assertThat(client.nextText()).isEqualTo("plain");
            assertThatThrownBy(() -> connect(cdi, "original")).hasMessageContaining("404");
        }
    }

    private static TestClient connect(SeContainer cdi, String path) throws Exception {
        return TestClient.connect(Containers.client(cdi), Containers.uri(cdi).resolve(path));
    }
}
