package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A set over an array that others have as well. */
class SessionSetTest {
    private final Session first = session();
    private final Session second = session();
    private final Session[] shared = {first, second};
    private final Set<Session> set = new SessionSet(shared);

    /** One that is equal to itself only. */
    private static Session session() {
        return (Session) Proxy.newProxyInstance(
                SessionSetTest.class.getClassLoader(), new Class<?>[] {Session.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "equals":
                            return self == arguments[0];
                        case "hashCode":
                            return System.identityHashCode(self);
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    @Test
    void hasWhatTheArrayHas() {
        assertThat(set).hasSize(2).contains(first, second).doesNotContain(session());
        assertThat(set).isEqualTo(Set.of(first, second)).hasSameHashCodeAs(Set.of(first, second));
    }

    @Test
    void whatItsOwnerChangesIsChangedForHimOnly() {
        Session third = session();
        assertThat(set.remove(first)).isTrue();
        assertThat(set.add(third)).isTrue();
        assertThat(set.add(second)).isFalse();
        assertThat(set).containsExactlyInAnyOrder(second, third);
        assertThat(shared).containsExactly(first, second);
        assertThat(new SessionSet(shared)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void whatIsRemovedOnTheWayIsGoneAndTheWalkGoesOn() {
        Iterator<Session> walk = set.iterator();
        assertThatThrownBy(walk::remove).isInstanceOf(IllegalStateException.class);
        assertThat(walk.next()).isSameAs(first);
        walk.remove();
        assertThatThrownBy(walk::remove).isInstanceOf(IllegalStateException.class);
        assertThat(walk.next()).isSameAs(second);
        assertThat(walk.hasNext()).isFalse();
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
        assertThat(set).containsExactly(second);
        assertThat(shared).containsExactly(first, second);
    }

    @Test
    void aClearedSetIsEmpty() {
        set.clear();
        assertThat(set).isEmpty();
        assertThat(shared).containsExactly(first, second);
    }
}
