package dev.ferrule.container;

import jakarta.websocket.Session;
import java.util.Set;

/**
 * The open sessions of a server's endpoints, from anywhere: from {@link FerruleServer#openSessions()}, or injected.
 *
 * <p>Threading: any thread, at any time.
 */
public interface OpenSessions {
    /**
     * A copy of the open sessions of an endpoint class, under whatever paths it is deployed; empty when it is not deployed.
     */
    Set<Session> of(Class<?> endpoint);

    /** A copy of the open sessions of the endpoint at a path, such as {@code /chat/{room}}, as it was deployed. */
    Set<Session> of(String path);
}
