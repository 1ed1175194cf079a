package dev.ferrule.cdi.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EndpointSelectionTest {
    private static class One {}

    private static class Other {}

    private static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    /** Selects one class, and a path for every programmatic endpoint. */
    private record Decider(Class<?> selected) implements ServerApplicationConfig {
        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            return found.stream()
                    .map(type -> ServerEndpointConfig.Builder.create(type, "/" + selected.getSimpleName())
                            .build())
                    .collect(Collectors.toSet());
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
            return scanned.contains(selected) ? Set.of(selected) : Set.of();
        }
    }

    /** Returns null, as applications do. */
    private static final class Nothing implements ServerApplicationConfig {
        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            return null;
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
            return null;
        }
    }

    private static EndpointSelection select(ServerApplicationConfig... deciders) {
        return EndpointSelection.of(
                Set.of(One.class, Other.class), Set.of(Programmatic.class), List.of(deciders), List.of());
    }

    @Test
    void withoutDecidersEveryAnnotatedEndpointIsDeployedAndNoProgrammaticOne() {
        assertThat(select().annotated()).containsExactlyInAnyOrder(One.class, Other.class);
        assertThat(select().configs()).isEmpty();
    }

    @Test
    void severalDecidersDeployWhatAnyOfThemSelects() {
        EndpointSelection selection = select(new Decider(One.class), new Decider(Other.class));
        assertThat(selection.annotated()).containsExactly(One.class, Other.class);
        assertThat(selection.configs())
                .extracting(ServerEndpointConfig::getPath)
                .containsExactly("/One", "/Other");
    }

    @Test
    void aDeciderThatReturnsNullSelectsNothing() {
        assertThat(select(new Nothing()).isEmpty()).isTrue();
    }

    @Test
    void configurationsThatAreBeansAreDeployedWhateverIsDecided() {
        ServerEndpointConfig bean =
                ServerEndpointConfig.Builder.create(Programmatic.class, "/bean").build();
        assertThat(EndpointSelection.of(Set.of(), Set.of(), List.of(new Nothing()), List.of(bean))
                        .configs())
                .containsExactly(bean);
    }
}
