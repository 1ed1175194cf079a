package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.CallbackScope;
import java.util.Map;
import org.eclipse.microprofile.context.spi.ThreadContextController;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Carries the connection with MicroProfile Context Propagation, as the context of type {@value #TYPE}. The only class that knows
 * it; made by the service loader, where that API is. Found on the class path only: a named module cannot provide a service whose
 * API may be absent.
 */
public final class PropagatedConnection implements ThreadContextProvider {
    /** The type of context, for {@code ManagedExecutor.Builder.propagated} and {@code cleared}. */
    public static final String TYPE = "WebSocketConnection";

    /** For the service loader. */
    public PropagatedConnection() {}

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        ConnectionLife current = Stay.connection();
        return () -> begin(current);
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return () -> begin(null);
    }

    @Override
    public String getThreadContextType() {
        return TYPE;
    }

    private static ThreadContextController begin(@Nullable ConnectionLife connection) {
        if (connection == null || !connection.hold()) {
            return Stay.outside()::close;
        }
        CallbackScope.Activation active = connection.enter();
        return () -> {
            try {
                active.close();
            } finally {
                connection.release();
            }
        };
    }
}
