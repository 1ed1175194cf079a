package dev.ferrule.cdi.context;

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
 * <p>Threading: any thread; a request belongs to the thread that began it, see {@link Stay}.
 */
public final class CallbackRequests implements AlterableContext {
    private final ConnectionContexts contexts;
    private volatile List<Context> others = List.of();

    CallbackRequests(ConnectionContexts contexts) {
        this.contexts = contexts;
    }

    /** Tells which request contexts there are, once they are all known; they come before this one. */
    public void rank(Collection<Context> all) {
        others = all.stream().filter(context -> context != this).toList();
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return RequestScoped.class;
    }

    @Override
    public boolean isActive() {
        return Stay.isInRequest(contexts) && !Activity.isAnyOf(others);
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
        InstanceStore store = Stay.request(contexts);
        if (store == null || Activity.isAnyOf(others)) {
            throw new ContextNotActiveException("This thread is in no WebSocket callback");
        }
        return store;
    }
}
