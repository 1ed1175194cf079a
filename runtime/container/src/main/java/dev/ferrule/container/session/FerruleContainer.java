package dev.ferrule.container.session;

import dev.ferrule.container.connect.AsyncContainer;
import dev.ferrule.container.settings.Keys;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What containers have in common: the defaults that new sessions copy, and connecting to servers.
 *
 * <p>Threading: any thread.
 */
public abstract class FerruleContainer implements AsyncContainer {
    private final ContainerServices services;
    private final Connector connector;
    private final Ongoing ongoing = new Ongoing();
    private volatile long sendTimeoutMillis = -1;
    private volatile long idleTimeoutMillis;
    private volatile int binaryLimit;
    private volatile int textLimit;

    /** How connections to servers come about. */
    public interface Connector {
        /** Connects, and waits until {@code onOpen} has returned. */
        Session connect(FerruleContainer container, Wanted wanted, URI path) throws DeploymentException, IOException;

        /** Connects without waiting; every failure is told by the stage. */
        CompletionStage<Session> connectAsync(FerruleContainer container, Wanted wanted, URI path);

        /** The extensions that connections may negotiate. */
        Set<Extension> installedExtensions();
    }

    protected FerruleContainer(ContainerServices services, Connector connector) {
        this.services = services;
        this.connector = connector;
        this.idleTimeoutMillis = services.settings().get(Keys.IDLE_TIMEOUT).toMillis();
        this.binaryLimit = services.settings().get(Keys.MAX_MESSAGE);
        this.textLimit = binaryLimit;
    }

    /** What the sessions of this container share. */
    public final ContainerServices services() {
        return services;
    }

    /** What this container has begun as a client, and ends when it is closed. */
    public final Ongoing ongoing() {
        return ongoing;
    }

    @Override
    public final Session connectToServer(Object annotatedEndpointInstance, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, Wanted.annotated(annotatedEndpointInstance, Map.of()), path);
    }

    @Override
    public final Session connectToServer(Class<?> annotatedEndpointClass, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, new Wanted(annotatedEndpointClass, null, null, Map.of()), path);
    }

    @Override
    public final Session connectToServer(Endpoint endpointInstance, ClientEndpointConfig cec, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, Wanted.programmatic(endpointInstance, cec), path);
    }

    @Override
    public final Session connectToServer(Class<? extends Endpoint> endpointClass, ClientEndpointConfig cec, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, Wanted.programmatic(endpointClass, cec), path);
    }

    @Override
    public final CompletionStage<Session> connectAsync(Object annotatedEndpointInstance, URI path) {
        return connectAsync(annotatedEndpointInstance, Map.of(), path);
    }

    @Override
    public final CompletionStage<Session> connectAsync(Class<?> annotatedEndpointClass, URI path) {
        return connectAsync((Object) annotatedEndpointClass, Map.of(), path);
    }

    @Override
    public final CompletionStage<Session> connectAsync(
            Object annotatedEndpoint, Map<String, Object> userProperties, URI path) {
        return connectAsync(() -> Wanted.annotated(annotatedEndpoint, withoutNulls(userProperties)), path);
    }

    @Override
    public final CompletionStage<Session> connectAsync(
            Endpoint endpointInstance, ClientEndpointConfig config, URI path) {
        return connectAsync(() -> Wanted.programmatic(endpointInstance, config), path);
    }

    @Override
    public final CompletionStage<Session> connectAsync(
            Class<? extends Endpoint> endpointClass, ClientEndpointConfig config, URI path) {
        return connectAsync(() -> Wanted.programmatic(endpointClass, config), path);
    }

    private CompletionStage<Session> connectAsync(Supplier<Wanted> wanted, URI path) {
        try {
            return connector.connectAsync(this, wanted.get(), path);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> properties) {
        Map<String, Object> copy = new HashMap<>(properties);
        copy.values().removeIf(Objects::isNull);
        return copy;
    }

    @Override
    public final long getDefaultAsyncSendTimeout() {
        return sendTimeoutMillis;
    }

    @Override
    public final void setAsyncSendTimeout(long timeout) {
        sendTimeoutMillis = timeout;
    }

    @Override
    public final long getDefaultMaxSessionIdleTimeout() {
        return idleTimeoutMillis;
    }

    @Override
    public final void setDefaultMaxSessionIdleTimeout(long timeout) {
        idleTimeoutMillis = timeout;
    }

    @Override
    public final int getDefaultMaxBinaryMessageBufferSize() {
        return binaryLimit;
    }

    @Override
    public final void setDefaultMaxBinaryMessageBufferSize(int max) {
        binaryLimit = max;
    }

    @Override
    public final int getDefaultMaxTextMessageBufferSize() {
        return textLimit;
    }

    @Override
    public final void setDefaultMaxTextMessageBufferSize(int max) {
        textLimit = max;
    }

    @Override
    public final Set<Extension> getInstalledExtensions() {
        return connector.installedExtensions();
    }
}
