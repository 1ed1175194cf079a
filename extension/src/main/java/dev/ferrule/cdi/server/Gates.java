package dev.ferrule.cdi.server;

import dev.ferrule.cdi.guard.AccessRules;
import dev.ferrule.cdi.guard.HandshakeSecurity;
import dev.ferrule.cdi.guard.MessageValidation;
import dev.ferrule.cdi.guard.RoleChecks;
import dev.ferrule.cdi.instance.ApplicationBeans;
import dev.ferrule.cdi.observe.Announcements;
import dev.ferrule.cdi.security.HandshakeAuthenticator;
import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.spi.CallbackGuard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands before the handshakes and the callbacks of a deployment: identity, roles, observers; roles, validity. */
final class Gates implements AutoCloseable {
    private final EmbeddedServer.Deployment deployment;
    private final AccessRules rules;
    private final List<HandshakeAuthenticator> authenticators;
    private final @Nullable MessageValidation validation;

    Gates(EmbeddedServer.Deployment deployment, ApplicationBeans beans) {
        this.deployment = deployment;
        this.rules = new AccessRules(deployment.beanManager(), deployment.beans());
        this.authenticators = beans.all(HandshakeAuthenticator.class);
        this.validation =
                isValidationPresent() ? MessageValidation.present(beans).orElse(null) : null;
    }

    /** Asked before the class that knows the API is touched: it could not even be verified without. */
    private static boolean isValidationPresent() {
        try {
            Class.forName("jakarta.validation.Validation", false, Gates.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    void addTo(FerruleServer.Builder builder) {
        HandshakeSecurity security = new HandshakeSecurity(authenticators, rules);
        builder.guard(security).guard(security::authorize).callbackGuard(callbackGuard());
        Announcements announcements = deployment.announcements();
        if (announcements.areHandshakesObserved()) {
            builder.guard(announcements::handshaking);
        }
    }

    private CallbackGuard callbackGuard() {
        CallbackGuard roles = new RoleChecks(rules, deployment.contexts());
        MessageValidation validity = validation;
        return validity == null
                ? roles
                : (endpoint, callback) -> both(roles.checkOf(endpoint, callback), validity.checkOf(endpoint, callback));
    }

    /** Who may not call learns nothing of what would be valid. */
    private static CallbackGuard.@Nullable Check both(
            CallbackGuard.@Nullable Check first, CallbackGuard.@Nullable Check second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return (endpoint, arguments) -> {
            first.check(endpoint, arguments);
            second.check(endpoint, arguments);
        };
    }

    AccessRules rules() {
        return rules;
    }

    /** Whether somebody knows who a peer is. */
    boolean knowCallers() {
        return !authenticators.isEmpty();
    }

    @Override
    public void close() {
        if (validation != null) {
            validation.close();
        }
    }
}
