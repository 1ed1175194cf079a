package dev.ferrule.cdi.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallbackRequestsTest {
    private final List<String> destroyed = new ArrayList<>();
    private final CallbackRequests requests = new CallbackRequests();
    private final CallbackRequests others = new CallbackRequests();

    /** A contextual whose instances are new objects. */
    private final class Bean implements Contextual<Object> {
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
        public Object create(CreationalContext<Object> context) {
            return new Object();
        }

        @Override
        public void destroy(Object instance, CreationalContext<Object> context) {
            destroyed.add(name);
            atEnd.run();
        }
    }

    private final Bean bean = new Bean("bean");

    @Test
    void thereIsNoRequestOutsideOfCallbacks() {
        assertThat(requests.isActive()).isFalse();
        assertThatThrownBy(() -> requests.get(bean)).isInstanceOf(ContextNotActiveException.class);
    }

    @Test
    void aRequestKeepsItsInstanceUntilItsEnd() {
        Runnable end = requests.begin();
        Object instance = requests.get(bean, new NoDependents<>());
        assertThat(requests.get(bean, new NoDependents<>())).isSameAs(instance);
        end.run();
        assertThat(destroyed).containsExactly("bean");
        assertThat(requests.isActive()).isFalse();
    }

    @Test
    void aCallbackWithinACallbackIsTheSameRequest() {
        Runnable end = requests.begin();
        Object instance = requests.get(bean, new NoDependents<>());
        Runnable inner = requests.begin();
        assertThat(requests.get(bean)).isSameAs(instance);
        inner.run();
        assertThat(requests.get(bean)).isSameAs(instance);
        end.run();
        assertThat(destroyed).containsExactly("bean");
    }

    @Test
    void anotherActiveRequestContextComesFirst() {
        requests.rank(List.of(requests, others));
        Runnable end = requests.begin();
        Runnable endOfOther = others.begin();
        assertThat(requests.isActive()).isFalse();
        endOfOther.run();
        assertThat(requests.isActive()).isTrue();
        end.run();
    }

    @Test
    void theYoungestInstanceIsDestroyedFirst() {
        Runnable end = requests.begin();
        requests.get(new Bean("older"), new NoDependents<>());
        requests.get(new Bean("younger"), new NoDependents<>());
        end.run();
        assertThat(destroyed).containsExactly("younger", "older");
    }

    @Test
    void whatFailsInItsDestructionStopsNothing() {
        Runnable end = requests.begin();
        requests.get(new Bean("older"), new NoDependents<>());
        requests.get(
                new Bean("failing", () -> {
                    throw new IllegalStateException("on purpose");
                }),
                new NoDependents<>());
        end.run();
        assertThat(destroyed).containsExactly("failing", "older");
        assertThat(requests.isActive()).isFalse();
    }

    @Test
    void whatIsMadeDuringTheEndIsDestroyedToo() {
        Runnable end = requests.begin();
        requests.get(new Bean("first", () -> requests.get(bean, new NoDependents<>())), new NoDependents<>());
        end.run();
        assertThat(destroyed).containsExactly("first", "bean");
    }

    @Test
    void anInstanceCanBeDestroyedEarly() {
        Runnable end = requests.begin();
        Object before = requests.get(bean, new NoDependents<>());
        requests.destroy(bean);
        assertThat(destroyed).containsExactly("bean");
        assertThat(requests.get(bean, new NoDependents<>())).isNotSameAs(before);
        end.run();
    }
}
