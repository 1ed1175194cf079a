package dev.ferrule.cdi.guard;

import dev.ferrule.cdi.context.ConnectionContexts;
import dev.ferrule.cdi.instance.ProxyRules;
import dev.ferrule.cdi.security.AccessDeniedException;
import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.HandshakeFacts;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Checks the roles that callbacks of server endpoints ask for. */
public final class RoleChecks implements CallbackGuard {
    private final AccessRules rules;
    private final ConnectionContexts contexts;

    /** The checks of one deployment. */
    public RoleChecks(AccessRules rules, ConnectionContexts contexts) {
        this.rules = rules;
        this.contexts = contexts;
    }

    @Override
    public @Nullable Check checkOf(Class<?> endpoint, Method callback) {
        Access access = rules.of(endpoint, callback);
        if (access == null || access.roles() == null) {
            return null;
        }
        String refusal = "The caller may not call " + ProxyRules.describe(callback) + ": it is for "
                + (access.roles().isEmpty() ? "nobody" : "the roles " + access.roles());
        return (instance, arguments) -> {
            HandshakeFacts request = contexts.required().handshake().request();
            if (request == null || !access.allows(request)) {
                throw new AccessDeniedException(refusal);
            }
        };
    }
}
