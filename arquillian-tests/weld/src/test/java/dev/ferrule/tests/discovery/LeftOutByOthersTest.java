package dev.ferrule.tests.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import dev.ferrule.tests.support.Nothing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an extension vetoes, or nobody enables, has no part in the deployment. */
class LeftOutByOthersTest {
    /** An endpoint with nothing wrong. */
    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        String on(String text) {
            return text;
        }
    }

    /** Not enabled. */
    @Alternative
    public static class NotEnabled extends Nothing {}

    /** To be vetoed. */
    public static class Unwanted extends Nothing {}

    /** An endpoint that could not be made. */
    @ServerEndpoint("/odd")
    public static class Odd {
        public Odd(String text) {}
    }

    /** A programmatic endpoint. */
    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    /** Vetoes some of them. */
    public static class Vetoer implements Extension {
        void config(@Observes ProcessAnnotatedType<Unwanted> event) {
            event.veto();
        }

        void endpoint(@Observes ProcessAnnotatedType<Odd> event) {
            event.veto();
        }

        void programmatic(@Observes ProcessAnnotatedType<Programmatic> event) {
            event.veto();
        }
    }

    /** Deploys everything that it is told of. */
    @ApplicationScoped
    public static class Everything extends Nothing {
        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            Set<ServerEndpointConfig> configs = new HashSet<>();
            found.forEach(type -> configs.add(
                    ServerEndpointConfig.Builder.create(type, "/programmatic").build()));
            return configs;
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            return found;
        }
    }

    @Test
    void anApplicationConfigurationThatIsNoEnabledAlternativeDecidesNothing() throws Exception {
        assertEchoes(Echo.class, NotEnabled.class);
    }

    @Test
    void anApplicationConfigurationThatAnExtensionVetoesDecidesNothing() throws Exception {
        assertEchoes(Echo.class, Unwanted.class);
    }

    @Test
    void anEndpointThatAnExtensionVetoesNeedsNoConstructor() throws Exception {
        assertEchoes(Echo.class, Odd.class);
    }

    @Test
    void anApplicationConfigurationIsNotToldOfAVetoedProgrammaticEndpoint() throws Exception {
        try (SeContainer cdi = Containers.of(Echo.class, Everything.class, Programmatic.class, InMemory.class)
                .addExtensions(new Vetoer())
                .initialize()) {
            assertThatThrownBy(() -> connect(cdi, "programmatic")).hasMessageContaining("404");
        }
    }

    private static void assertEchoes(Class<?>... beans) throws Exception {
        try (SeContainer cdi = Containers.of(beans)
                        .addBeanClasses(InMemory.class)
                        .addExtensions(new Vetoer())
                        .initialize();
                TestClient client = connect(cdi, "echo")) {
            client.sendText("sent");
            assertThat(client.nextText()).isEqualTo("sent");
        }
    }

    private static TestClient connect(SeContainer cdi, String path) throws Exception {
        return TestClient.connect(Containers.client(cdi), Containers.uri(cdi).resolve(path));
    }
}
