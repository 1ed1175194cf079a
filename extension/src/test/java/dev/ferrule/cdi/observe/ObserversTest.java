package dev.ferrule.cdi.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.cdi.context.ConnectionContexts;
import dev.ferrule.cdi.event.Connected;
import dev.ferrule.cdi.event.OfEndpoint;
import dev.ferrule.container.spi.EventSink;
import dev.ferrule.container.spi.HandshakeVerdict;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is fired, and that nothing else is. */
class ObserversTest {
    private final Observers observers = new Observers();

    /** An observer of a type, with qualifiers. */
    private record Seen(Type getObservedType, Set<Annotation> getObservedQualifiers, boolean isAsync)
            implements ObserverMethod<Object> {
        @Override
        public Class<?> getBeanClass() {
            return Seen.class;
        }

        @Override
        public Reception getReception() {
            return Reception.ALWAYS;
        }

        @Override
        public TransactionPhase getTransactionPhase() {
            return TransactionPhase.IN_PROGRESS;
        }

        @Override
        public void notify(EventContext<Object> event) {}
    }

    private void see(Type type, Annotation... qualifiers) {
        observers.see(new Seen(type, Set.of(qualifiers), false));
    }

    private List<Occasion> observed() {
        return List.of(Occasion.values()).stream().filter(observers::has).toList();
    }

    @Test
    void anObserverOfAnEndpointsConnectionsIsOne() {
        see(Connected.class, OfEndpoint.Literal.of(String.class));
        assertThat(observed()).containsExactly(Occasion.CONNECTED);
    }

    @Test
    void anObserverOfEverythingIsOne() {
        see(Object.class, Any.Literal.INSTANCE);
        assertThat(observed()).containsExactly(Occasion.values());
    }

    @Test
    <T> void anObserverOfAVariableTypeMayBeOne() throws Exception {
        Type variable = ObserversTest.class.getDeclaredMethod("anObserverOfAVariableTypeMayBeOne")
                .getTypeParameters()[0];
        see(variable);
        assertThat(observed()).containsExactly(Occasion.values());
    }

    @Test
    void observersOfOtherThingsAreNone() {
        see(Connected.class, Default.Literal.INSTANCE);
        see(String.class);
        see(new TypeLiteral<List<String>>() {}.getType());
        see(OpeningHandshake.class, Initialized.Literal.of(SessionScoped.class));
        assertThat(observed()).isEmpty();
    }

    @Test
    void anObserverOfAScopesBeginIsNoneOfItsEnd() {
        see(OpeningHandshake.class, Initialized.Literal.of(ConnectionScoped.class));
        assertThat(observed()).containsExactly(Occasion.INITIALIZED);
    }

    @Test
    void asynchronousObserversAreKnownApart() {
        observers.see(new Seen(Connected.class, Set.of(), true));
        assertThat(observed()).isEmpty();
        assertThat(observers.hasLater(Occasion.CONNECTED)).isTrue();
        assertThat(observers.hasAny(Occasion.DISCONNECTED)).isFalse();
    }

    @Test
    void nothingIsFiredThatNobodyObserves() {
        @SuppressWarnings("unchecked")
        Event<Object> untouchable = (Event<Object>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("Somebody fires: " + method);
                });
        Announcements announcements =
                new Announcements(observers, new ConnectionContexts(), untouchable, Runnable::run);
        assertThat(announcements.sessions()).isSameAs(EventSink.NONE);
        assertThat(announcements.isBeginObserved()).isFalse();
        OpeningHandshake handshake = (OpeningHandshake) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OpeningHandshake.class},
                (proxy, method, arguments) -> null);
        announcements.initialized(handshake);
        announcements.beforeDestroyed(handshake);
        announcements.destroyed(handshake);
        assertThat(announcements.handshaking(handshake)).isEqualTo(HandshakeVerdict.anonymous());
    }
}
