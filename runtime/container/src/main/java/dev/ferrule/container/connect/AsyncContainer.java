package dev.ferrule.container.connect;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A container that also connects without making its caller wait. Every container of Ferrule is one.
 *
 * <p>Each method returns at once, and its stage completes when {@code onOpen} has returned, or with the exception that
 * {@code connectToServer} would have thrown: most often a {@link jakarta.websocket.DeploymentException}, a
 * {@link HandshakeFailedException} when a server or a proxy answered, but not with a WebSocket. A failure is told by the stage
 * only, never thrown.
 *
 * <p>Threading: any thread, event loops included. Application code, such as configurators, and what depends on the stage runs
 * on callback threads, with the caller's context class loader around application code.
 */
public interface AsyncContainer extends WebSocketContainer {
    /** As {@link #connectToServer(Object, URI)}, without waiting. */
    CompletionStage<Session> connectAsync(Object annotatedEndpointInstance, URI path);

    /** As {@link #connectToServer(Class, URI)}, without waiting. */
    CompletionStage<Session> connectAsync(Class<?> annotatedEndpointClass, URI path);

    /**
     * Connects an annotated endpoint with properties, which a {@code ClientEndpointConfig} carries for programmatic ones.
     *
     * @param annotatedEndpoint an instance, or its class
     * @param userProperties the user properties of the connection, without those that are null; {@link ClientProperties} has those
     *     that we know
     */
    CompletionStage<Session> connectAsync(Object annotatedEndpoint, Map<String, Object> userProperties, URI path);

    /** As {@link #connectToServer(Endpoint, ClientEndpointConfig, URI)}, without waiting. */
    CompletionStage<Session> connectAsync(Endpoint endpointInstance, ClientEndpointConfig config, URI path);

    /** As {@link #connectToServer(Class, ClientEndpointConfig, URI)}, without waiting. */
    CompletionStage<Session> connectAsync(
            Class<? extends Endpoint> endpointClass, ClientEndpointConfig config, URI path);
}
