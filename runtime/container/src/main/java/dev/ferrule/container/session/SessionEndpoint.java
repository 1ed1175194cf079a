package dev.ferrule.container.session;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.endpoint.MessageShape;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackScope;

/**
 * The application's side of a session.
 *
 * @param logical what it shares with other sessions
 * @param callbacks the endpoint's callbacks
 * @param coders the connection's coders
 * @param scope the connection's contexts; ended by the session
 * @param loader the application's class loader, set around callbacks
 * @param release lets go of the endpoint's instance; called once, after everything else
 */
public record SessionEndpoint(
        LogicalEndpoint logical,
        EndpointCallbacks callbacks,
        SessionCoders coders,
        CallbackScope.Connection scope,
        ClassLoader loader,
        Runnable release) {
    Object key() {
        return logical.key();
    }

    String name() {
        return logical.name();
    }

    Settings settings() {
        return logical.settings();
    }

    MessageShape.Coders shapes() {
        return logical.shapes();
    }
}
