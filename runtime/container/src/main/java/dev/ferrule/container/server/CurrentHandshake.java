package dev.ferrule.container.server;

import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceHandle;
import dev.ferrule.container.spi.ThreadSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The handshake that runs on a thread: how the platform's configurator, which the service loader makes and which is told only
 * a class, reaches the container. Set around the configurator's calls and always cleared.
 */
final class CurrentHandshake {
    private static final ThreadSlot<CurrentHandshake> CURRENT = new ThreadSlot<>();

    private final EndpointInstances instances;
    private final Predicate<@Nullable String> allowed;
    private final List<InstanceHandle<?>> handles = new ArrayList<>(1);

    CurrentHandshake(EndpointInstances instances, Predicate<@Nullable String> allowed) {
        this.instances = instances;
        this.allowed = allowed;
    }

    static @Nullable CurrentHandshake get() {
        return CURRENT.get();
    }

    /** Makes this the thread's handshake; closing the result makes it none's. */
    Bound bind() {
        ThreadSlot.Place<CurrentHandshake> place = CURRENT.place();
        place.set(this);
        return () -> place.set(null);
    }

    /** While it is open, this thread runs the handshake. */
    interface Bound extends AutoCloseable {
        @Override
        void close();
    }

    boolean isAllowed(@Nullable String origin) {
        return allowed.test(origin);
    }

    <T> T obtain(Class<T> type) {
        InstanceHandle<T> handle = instances.obtain(type);
        handles.add(handle);
        return handle.instance();
    }

    /** Lets go of what was obtained, later perhaps, and keeps nothing else; the developer's own instances are not ours. */
    Runnable release() {
        if (handles.size() == 1) {
            return handles.get(0)::release;
        }
        List<InstanceHandle<?>> obtained = List.copyOf(handles);
        return () -> obtained.forEach(InstanceHandle::release);
    }
}
