package dev.ferrule.container.session;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.endpoint.MessageShape;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.CallbackScope;
import jakarta.websocket.EndpointConfig;

/**
 * The application's side of a session.
 *
 * @param key the logical endpoint: sessions with equal keys see each other in {@code getOpenSessions}
 * @param name the endpoint, for people: class and path
 * @param settings the endpoint's settings
 * @param callbacks the endpoint's callbacks
 * @param config the configuration as this connection sees it
 * @param coders the connection's coders
 * @param shapes what the coders can do
 * @param scope the connection's contexts; ended by the session
 * @param loader the application's class loader, set around callbacks
 * @param release lets go of the endpoint's instance; called once, after everything else
 */
public record SessionEndpoint(
        Object key,
        String name,
        Settings settings,
        EndpointCallbacks callbacks,
        EndpointConfig config,
        SessionCoders coders,
        MessageShape.Coders shapes,
        CallbackScope.Connection scope,
        ClassLoader loader,
        Runnable release) {}
