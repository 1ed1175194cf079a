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
    private final ConnectionContexts contexts = new ConnectionContexts();
    private final CallbackRequests requests = contexts.requests();

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

    /** A stay in a connection of its own. */
    private static Stay begin(ConnectionContexts contexts) {
        return Stay.in(contexts.begin(new NoHandshake()));
    }

    @Test
    void thereIsNoRequestOutsideOfCallbacks() {
        assertThat(requests.isActive()).isFalse();
        assertThatThrownBy(() -> requests.get(bean)).isInstanceOf(ContextNotActiveException.class);
    }

    @Test
    void aRequestKeepsItsInstanceUntilItsEnd() {
        Stay stay = begin(contexts);
        Object instance = requests.get(bean, new NoDependents<>());
        assertThat(requests.get(bean, new NoDependents<>())).isSameAs(instance);
        stay.close();
        assertThat(destroyed).containsExactly("bean");
        assertThat(requests.isActive()).isFalse();
    }

    @Test
    void aCallbackWithinACallbackIsTheSameRequest() {
        Stay stay = begin(contexts);
        Object instance = requests.get(bean, new NoDependents<>());
        Stay inner = begin(contexts);
        assertThat(requests.get(bean)).isSameAs(instance);
        inner.close();
        assertThat(requests.get(bean)).isSameAs(instance);
        stay.close();
        assertThat(destroyed).containsExactly("bean");
    }

    @Test
    void aRequestGoesOnWithinACallbackOfAnotherContainer() {
        Stay stay = begin(contexts);
        Object instance = requests.get(bean, new NoDependents<>());
        Stay elsewhere = begin(new ConnectionContexts());
        Stay again = begin(contexts);
        assertThat(requests.get(bean)).isSameAs(instance);
        again.close();
        elsewhere.close();
        assertThat(destroyed).isEmpty();
        stay.close();
        assertThat(destroyed).containsExactly("bean");
    }

    @Test
    void aRequestGoesOnWhereTheThreadLeavesItsConnection() {
        Stay stay = begin(contexts);
        Object instance = requests.get(bean, new NoDependents<>());
        Stay outside = Stay.outside();
        assertThat(contexts.current()).isNull();
        assertThat(requests.get(bean)).isSameAs(instance);
        outside.close();
        assertThat(contexts.current()).isNotNull();
        stay.close();
    }

    @Test
    void anotherActiveRequestContextComesFirst() {
        ConnectionContexts elsewhere = new ConnectionContexts();
        requests.rank(List.of(requests, elsewhere.requests()));
        Stay stay = begin(contexts);
        Stay inOther = begin(elsewhere);
        assertThat(requests.isActive()).isFalse();
        inOther.close();
        assertThat(requests.isActive()).isTrue();
        stay.close();
    }

    @Test
    void theYoungestInstanceIsDestroyedFirst() {
        Stay stay = begin(contexts);
        requests.get(new Bean("older"), new NoDependents<>());
        requests.get(new Bean("younger"), new NoDependents<>());
        stay.close();
        assertThat(destroyed).containsExactly("younger", "older");
    }

    @Test
    void whatFailsInItsDestructionStopsNothing() {
        Stay stay = begin(contexts);
        requests.get(new Bean("older"), new NoDependents<>());
        requests.get(
                new Bean("failing", () -> {
                    throw new IllegalStateException("on purpose");
                }),
                new NoDependents<>());
        stay.close();
        assertThat(destroyed).containsExactly("failing", "older");
        assertThat(requests.isActive()).isFalse();
    }

    @Test
    void whatIsMadeDuringTheEndIsDestroyedToo() {
        Stay stay = begin(contexts);
        requests.get(new Bean("first", () -> requests.get(bean, new NoDependents<>())), new NoDependents<>());
        stay.close();
        assertThat(destroyed).containsExactly("first", "bean");
    }

    @Test
    void anInstanceCanBeDestroyedEarly() {
        Stay stay = begin(contexts);
        Object before = requests.get(bean, new NoDependents<>());
        requests.destroy(bean);
        assertThat(destroyed).containsExactly("bean");
        assertThat(requests.get(bean, new NoDependents<>())).isNotSameAs(before);
        stay.close();
    }
}
