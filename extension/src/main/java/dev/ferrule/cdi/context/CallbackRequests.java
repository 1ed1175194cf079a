package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.ThreadSlot;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request context of callbacks: each callback is one request. Active only while the thread is in a callback, and only as
 * long as no other request context is active there. A request costs nothing until a bean of its scope is used.
 *
 * <p>Threading: any thread; a request belongs to the thread that began it.
 */
public final class CallbackRequests implements AlterableContext {
    /** Not static: two CDI containers in one JVM do not share a request. */
    private final ThreadSlot<InstanceStore> current = new ThreadSlot<>();

    private volatile List<Context> others = List.of();

    /** A context without requests. */
    public CallbackRequests() {}

    /** Tells which request contexts there are, once they are all known; they come before this one. */
    public void rank(Collection<Context> contexts) {
        others = contexts.stream().filter(context -> context != this).toList();
    }

    /**
     * Begins a request on this thread, unless it is in one already: then that one goes on.
     *
     * @return ends the request that this call began, on the same thread
     */
    Runnable begin() {
        if (current.get() != null) {
            return () -> {};
        }
        InstanceStore store = new InstanceStore();
        current.set(store);
        return () -> {
            // Destroyed while still active: a @PreDestroy may use other beans of the request.
            try {
                for (var next = store.takeYoungest(); next != null; next = store.takeYoungest()) {
                    next.destroy();
                }
            } finally {
                current.set(null);
            }
        };
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return RequestScoped.class;
    }

    @Override
    public boolean isActive() {
        return current.get() != null && !Activity.isAnyOf(others);
    }

    @Override
    public <T> T get(Contextual<T> contextual, CreationalContext<T> creationalContext) {
        return store().get(contextual, creationalContext);
    }

    @Override
    public <T> @Nullable T get(Contextual<T> contextual) {
        return store().find(contextual);
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        InstanceStore.@Nullable Instance<?> instance = store().take(contextual);
        if (instance != null) {
            instance.destroy();
        }
    }

    private InstanceStore store() {
        InstanceStore store = current.get();
        if (store == null || !isActive()) {
            throw new ContextNotActiveException("This thread is in no WebSocket callback");
        }
        return store;
    }
}
