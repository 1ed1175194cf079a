package dev.ferrule.tests.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import dev.ferrule.tests.support.Nothing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What is made for an endpoint must be possible before the first peer comes. */
class RefusedPartsTest {
    /** No proxy can pass its method on. */
    @ApplicationScoped
    public static class StiffEncoder implements Encoder.Text<StringBuilder> {
        @Override
        public final String encode(StringBuilder message) {
            return message.toString();
        }
    }

    /** Likewise. */
    @ApplicationScoped
    public static class StiffConfigurator extends ServerEndpointConfig.Configurator {
        @Override
        public final boolean checkOrigin(String origin) {
            return true;
        }
    }

    /** Needs both. */
    @ServerEndpoint(value = "/stiff", encoders = StiffEncoder.class, configurator = StiffConfigurator.class)
    public static class Stiff {}

    @Test
    void codersAndConfiguratorsThatCannotHaveAProxyAreTold() {
        assertRefused(Stiff.class, StiffEncoder.class, StiffConfigurator.class)
                .hasMessageContainingAll(
                        "StiffEncoder is @ApplicationScoped, but there can be no client proxy for it",
                        "StiffConfigurator is @ApplicationScoped, but there can be no client proxy for it",
                        "(endpoint at /stiff)");
    }

    /** Lives in conversations, which have no messages. */
    @ConversationScoped
    @ServerEndpoint("/conversation")
    public static class InConversation implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** A scope that nobody has a context for. */
    @NormalScope
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Nowhere {}

    /** Lives there. */
    @Nowhere
    @ServerEndpoint("/nowhere")
    public static class InNowhere {}

    @Test
    void endpointsOfScopesThatAreNeverActiveAreTold() {
        assertRefused(InConversation.class, InNowhere.class)
                .hasMessageContainingAll(
                        "InConversation is @ConversationScoped, whose context is never active in callbacks",
                        "InNowhere is @Nowhere, whose context is never active in callbacks");
    }

    /** Cannot be made by CDI. */
    public static class Unmakeable extends Endpoint {
        private final String greeting;

        public Unmakeable(String greeting) {
            this.greeting = greeting;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.getAsyncRemote().sendText(greeting);
        }
    }

    /** Wants CDI to make it. */
    @Dependent
    public static class Plain {
        @Produces
        static ServerEndpointConfig config() {
            return ServerEndpointConfig.Builder.create(Unmakeable.class, "/unmakeable")
                    .build();
        }
    }

    @Test
    void aProgrammaticEndpointThatNobodyCanMakeIsTold() {
        assertRefused(Plain.class)
                .hasMessageContainingAll(
                        "Unmakeable has neither a constructor without parameters nor one with @Inject",
                        "(endpoint at /unmakeable)");
    }

    /** Makes it. */
    @Dependent
    public static class Making {
        @Produces
        static ServerEndpointConfig config() {
            return ServerEndpointConfig.Builder.create(Unmakeable.class, "/made")
                    .configurator(new ServerEndpointConfig.Configurator() {
                        @Override
                        public <T> T getEndpointInstance(Class<T> type) {
                            return type.cast(new Unmakeable("made"));
                        }
                    })
                    .build();
        }
    }

    @Test
    void aProgrammaticEndpointThatItsConfiguratorMakesNeedsNoConstructor() throws Exception {
        try (SeContainer cdi = Containers.of(Making.class, InMemory.class).initialize();
                TestClient client = TestClient.connect(
                        Containers.client(cdi), Containers.uri(cdi).resolve("made"))) {
            assertThat(client.nextText()).isEqualTo("made");
        }
    }

    /** Does not know what to deploy. */
    @ApplicationScoped
    public static class Undecided extends Nothing {
        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            throw new IllegalStateException("no idea");
        }
    }

    @Test
    void anApplicationConfigurationThatFailsIsNamedBesideEverythingElse() {
        assertRefused(Undecided.class, Plain.class)
                .hasMessageContainingAll(
                        Undecided.class.getName() + " cannot say which endpoints are deployed",
                        "no idea",
                        "Unmakeable has neither");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Class<?>... beans) {
        return assertThatThrownBy(() ->
                        Containers.of(beans).addBeanClasses(InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class);
    }
}
