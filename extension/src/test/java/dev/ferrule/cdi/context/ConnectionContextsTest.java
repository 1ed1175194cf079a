package dev.ferrule.cdi.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ConnectionContextsTest {
    private final List<String> destroyed = new ArrayList<>();
    private final ConnectionContexts contexts = ready();
    private final ConnectionContexts elsewhere = ready();
    private final ConnectionLife connection = contexts.begin(new NoHandshake());

    private static ConnectionContexts ready() {
        ConnectionContexts contexts = new ConnectionContexts();
        contexts.ready(
                new ConnectionContexts.Others(List.of(), List.of(contextOf(contexts, SessionScoped.class))),
                ConnectionEvents.NONE);
        return contexts;
    }

    private static AlterableContext contextOf(ConnectionContexts contexts, Class<? extends Annotation> scope) {
        return contexts.all().stream()
                .filter(context -> context.getScope() == scope)
                .findFirst()
                .orElseThrow();
    }

    private AlterableContext connections() {
        return contextOf(contexts, ConnectionScoped.class);
    }

    /** A bean that tells its end, and may do something then. */
    private final class Bean implements Contextual<String> {
        private final String name;
        private final Runnable atEnd;

        Bean(String name, Runnable atEnd) {
            this.name = name;
            this.atEnd = atEnd;
        }

        Bean(String name) {
            this(name, () -> {});
        }

        @Override
        public String create(CreationalContext<String> context) {
            return name;
        }

        @Override
        public void destroy(String instance, CreationalContext<String> context) {
            atEnd.run();
            destroyed.add(name);
        }
    }

    private void use(Bean bean) {
        try (CallbackScope.Activation active = connection.enter()) {
            connections().get(bean, new NoDependents<>());
        }
    }

    @Test
    void aConnectionIsActiveOnlyWhereItIsEntered() {
        assertThat(connections().isActive()).isFalse();
        try (CallbackScope.Activation active = connection.enter()) {
            assertThat(connections().isActive()).isTrue();
            assertThat(contextOf(contexts, SessionScoped.class).isActive()).isTrue();
        }
        assertThat(connections().isActive()).isFalse();
        assertThatThrownBy(() -> connections().get(new Bean("never")))
                .isInstanceOf(ContextNotActiveException.class)
                .hasMessageContaining("@ConnectionScoped");
    }

    @Test
    void whatAConnectionKnowsOfItsHandshakeTakesLessMemoryOnceItLasts() {
        List<String> told = new ArrayList<>();
        OpeningHandshake handshake = new NoHandshake() {
            @Override
            public void compact() {
                told.add("compact");
            }
        };
        ConnectionLife life = contexts.begin(handshake);
        assertThat(told).isEmpty();
        life.lasts();
        assertThat(told).containsExactly("compact");
    }

    @Test
    void containersDoNotMeet() {
        ConnectionLife other = elsewhere.begin(new NoHandshake());
        try (CallbackScope.Activation outer = connection.enter()) {
            assertThat(elsewhere.current()).isNull();
            try (CallbackScope.Activation inner = other.enter()) {
                assertThat(contexts.current()).isNull();
                assertThat(elsewhere.current()).isSameAs(other);
            }
            assertThat(contexts.current()).isSameAs(connection);
        }
    }

    @Test
    void anotherSessionContextComesFirst() {
        ConnectionContexts second = new ConnectionContexts();
        AlterableContext own = contextOf(second, SessionScoped.class);
        second.ready(
                new ConnectionContexts.Others(List.of(), List.of(own, contextOf(contexts, SessionScoped.class))),
                ConnectionEvents.NONE);
        ConnectionLife inSecond = second.begin(new NoHandshake());
        try (CallbackScope.Activation active = inSecond.enter()) {
            assertThat(own.isActive()).isTrue();
        }
    }

    @Test
    void aConnectionThatNeverHadABeanGetsNoneWhenItIsOver() {
        try (CallbackScope.Activation active = connection.enter()) {
            assertThat(connections().get(new Bean("none"))).isNull();
            connections().destroy(new Bean("none"));
        }
        connection.end();
        assertThat(connection.hold()).isFalse();
        assertThatThrownBy(() -> connection.get(new Bean("late"), new NoDependents<>()))
                .isInstanceOf(ContextNotActiveException.class);
        assertThat(destroyed).isEmpty();
    }

    @Test
    void theYoungestBeanIsDestroyedFirstAndSeesTheOlderOnes() {
        Bean old = new Bean("old");
        use(old);
        use(new Bean("young", () -> assertThat(connections().get(old)).isEqualTo("old")));
        connection.end();
        assertThat(destroyed).containsExactly("young", "old");
    }

    @Test
    void beansThatComeAboutAtTheEndAreDestroyedToo() {
        Bean late = new Bean("late");
        use(new Bean("first", () -> connections().get(late, new NoDependents<>())));
        connection.end();
        assertThat(destroyed).containsExactly("first", "late");
    }

    @Test
    void afterItsEndAConnectionIsActiveNowhere() {
        connection.end();
        try (CallbackScope.Activation active = connection.enter()) {
            assertThat(connections().isActive()).isFalse();
        }
        assertThat(connection.hold()).isFalse();
    }

    @Test
    void whoeverHoldsAConnectionKeepsItsBeans() {
        use(new Bean("held"));
        assertThat(connection.hold()).isTrue();
        connection.end();
        assertThat(destroyed).isEmpty();
        connection.release();
        assertThat(destroyed).containsExactly("held");
    }

    @Test
    void aTaskHoldsItsConnectionFromTheBeginningAndIsARequest() {
        Queue<Runnable> threads = new ArrayDeque<>();
        ConnectionExecutor executor = new ConnectionExecutor(contexts, threads::add);
        use(new Bean("held"));
        List<Object> seen = new ArrayList<>();
        try (CallbackScope.Activation active = connection.enter()) {
            executor.execute(() -> {
                seen.add(contexts.current());
                seen.add(contexts.requests().isActive());
            });
        }
        connection.end();
        assertThat(destroyed).isEmpty();
        threads.remove().run();
        assertThat(seen).containsExactly(connection, true);
        assertThat(destroyed).containsExactly("held");
    }

    @Test
    void aTaskThatIsRefusedHoldsNothing() {
        ConnectionExecutor executor = new ConnectionExecutor(contexts, task -> {
            throw new RejectedExecutionException("stopped");
        });
        use(new Bean("held"));
        try (CallbackScope.Activation active = connection.enter()) {
            assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
        connection.end();
        assertThat(destroyed).containsExactly("held");
    }

    @Test
    void aBeanCanBeDestroyedBeforeTheEnd() {
        Bean bean = new Bean("bean");
        use(bean);
        try (CallbackScope.Activation active = connection.enter()) {
            connections().destroy(bean);
            connections().destroy(bean);
            assertThat(connections().get(bean)).isNull();
        }
        connection.end();
        assertThat(destroyed).containsExactly("bean");
    }
}
