package dev.ferrule.container.session;

import jakarta.websocket.Session;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of sessions, its owner's to change. Most are walked over once and dropped: those share what they walk over, and are
 * copied when somebody asks for more.
 *
 * <p>Threading: as a {@link HashSet}: many threads may ask while none changes it.
 */
final class SessionSet extends AbstractSet<Session> {
    private final Session[] shared;

    /** A copy of what is shared, from the first question on that needs one; volatile, for threads that only ask. */
    private volatile @Nullable Set<Session> own;

    /** The sessions of an array that never changes, each of them once. */
    SessionSet(Session[] shared) {
        this.shared = shared;
    }

    private Set<Session> own() {
        Set<Session> copy = own;
        if (copy == null) {
            copy = new HashSet<>(Arrays.asList(shared));
            own = copy;
        }
        return copy;
    }

    @Override
    public Iterator<Session> iterator() {
        Set<Session> copy = own;
        return copy == null ? new Walk() : copy.iterator();
    }

    @Override
    public int size() {
        Set<Session> copy = own;
        return copy == null ? shared.length : copy.size();
    }

    @Override
    public boolean contains(Object session) {
        return own().contains(session);
    }

    @Override
    public boolean add(Session session) {
        return own().add(session);
    }

    @Override
    public boolean remove(Object session) {
        return own().remove(session);
    }

    @Override
    public void clear() {
        own = new HashSet<>();
    }

    /** Over what is shared; the first one removed makes the copy that it is removed from. */
    private final class Walk implements Iterator<Session> {
        private int next;
        private boolean removable;

        @Override
        public boolean hasNext() {
            return next < shared.length;
        }

        @Override
        public Session next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            removable = true;
            return shared[next++];
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException("There is nothing to remove: next() was not called");
            }
            removable = false;
            own().remove(shared[next - 1]);
        }
    }
}
