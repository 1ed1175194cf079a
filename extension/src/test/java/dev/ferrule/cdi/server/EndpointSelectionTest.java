package dev.ferrule.cdi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.server.EndpointSelection.Decider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndpointSelectionTest {
    private static class One {}

    private static class Other {}

    private static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    /** Selects one class, and a path for every programmatic endpoint. */
    private record Choosing(Class<?> selected) implements ServerApplicationConfig {
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

    private final List<String> problems = new ArrayList<>();

    private EndpointSelection select(ServerApplicationConfig... configs) {
        return EndpointSelection.of(
                Set.of(One.class, Other.class), Set.of(Programmatic.class), deciders(configs), List.of(), problems);
    }

    private static List<Decider> deciders(ServerApplicationConfig... configs) {
        return Stream.of(configs)
                .map(config -> new Decider(config.getClass(), config))
                .toList();
    }

    @Test
    void withoutDecidersEveryAnnotatedEndpointIsDeployedAndNoProgrammaticOne() {
        assertThat(select().annotated()).containsExactlyInAnyOrder(One.class, Other.class);
        assertThat(select().configs()).isEmpty();
    }

    @Test
    void severalDecidersDeployWhatAnyOfThemSelects() {
        EndpointSelection selection = select(new Choosing(One.class), new Choosing(Other.class));
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
        assertThat(EndpointSelection.of(Set.of(), Set.of(), deciders(new Nothing()), List.of(bean), problems)
                        .configs())
                .containsExactly(bean);
    }

    /** Fails at the first question. */
    private static final class Failing implements ServerApplicationConfig {
        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            return Set.of();
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
            throw new IllegalStateException("no idea");
        }
    }

    @Test
    void aDeciderThatFailsIsNamedAndTheOthersAreAskedAllTheSame() {
        assertThat(select(new Failing(), new Choosing(One.class)).annotated()).containsExactly(One.class);
        assertThat(problems)
                .singleElement()
                .asString()
                .contains(Failing.class.getName(), "IllegalStateException: no idea");
    }
}
