package dev.ferrule.cdi.context;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scope whose beans live as long as the connection. Active while the thread runs code of a connection, and only as long as no
 * other context of the scope is active there.
 *
 * <p>Threading: any thread.
 */
final class ConnectionContext implements AlterableContext {
    private final Class<? extends Annotation> scope;
    private final ConnectionContexts contexts;
    private volatile @Nullable List<Context> others;
    private boolean asked;

    ConnectionContext(Class<? extends Annotation> scope, ConnectionContexts contexts) {
        this.scope = scope;
        this.contexts = contexts;
    }

    /**
     * Tells which contexts of the scope there are, once they are all known: they come before this one, which is active nowhere
     * until then. Called once.
     */
    void rank(Collection<Context> all) {
        others = all.stream().filter(context -> !isThis(context)).toList();
    }

    /** A CDI container may wrap contexts: this one is recognized by its being asked. */
    private boolean isThis(Context context) {
        asked = false;
        context.isActive();
        return asked;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return scope;
    }

    @Override
    public boolean isActive() {
        return active() != null;
    }

    private @Nullable ConnectionLife active() {
        List<Context> before = others;
        if (before == null) {
            asked = true;
            return null;
        }
        ConnectionLife connection = contexts.current();
        return connection == null || Activity.isAnyOf(before) ? null : connection;
    }

    private ConnectionLife connection() {
        ConnectionLife connection = active();
        if (connection == null) {
            throw new ContextNotActiveException("This thread runs no code of a WebSocket connection, so there is no @"
                    + scope.getSimpleName() + " bean here");
        }
        return connection;
    }

    @Override
    public <T> T get(Contextual<T> contextual, CreationalContext<T> creationalContext) {
        return connection().get(contextual, creationalContext);
    }

    @Override
    public <T> @Nullable T get(Contextual<T> contextual) {
        return connection().find(contextual);
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        connection().destroy(contextual);
    }
}
