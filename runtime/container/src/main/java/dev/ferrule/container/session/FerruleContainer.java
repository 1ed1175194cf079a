package dev.ferrule.container.session;

import dev.ferrule.container.settings.Keys;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * What containers have in common: the defaults that new sessions copy, and connecting to servers.
 *
 * <p>Threading: any thread.
 */
public abstract class FerruleContainer implements WebSocketContainer {
    private final ContainerServices services;
    private final Connector connector;
    private volatile long sendTimeoutMillis = -1;
    private volatile long idleTimeoutMillis;
    private volatile int binaryLimit;
    private volatile int textLimit;

    /** How connections to servers come about. */
    public interface Connector {
        /** Connects an instance of an annotated endpoint class. */
        Session connect(FerruleContainer container, Object endpoint, URI path) throws DeploymentException, IOException;

        /** Connects a new instance of an annotated endpoint class. */
        Session connect(FerruleContainer container, Class<?> endpointClass, URI path)
                throws DeploymentException, IOException;

        /** Connects a programmatic endpoint. */
        Session connect(FerruleContainer container, Endpoint endpoint, ClientEndpointConfig config, URI path)
                throws DeploymentException, IOException;

        /** Connects a new instance of a programmatic endpoint class. */
        Session connect(
                FerruleContainer container,
                Class<? extends Endpoint> endpointClass,
                ClientEndpointConfig config,
                URI path)
                throws DeploymentException, IOException;

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

    @Override
    public final Session connectToServer(Object annotatedEndpointInstance, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, annotatedEndpointInstance, path);
    }

    @Override
    public final Session connectToServer(Class<?> annotatedEndpointClass, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, annotatedEndpointClass, path);
    }

    @Override
    public final Session connectToServer(Endpoint endpointInstance, ClientEndpointConfig cec, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, endpointInstance, cec, path);
    }

    @Override
    public final Session connectToServer(Class<? extends Endpoint> endpointClass, ClientEndpointConfig cec, URI path)
            throws DeploymentException, IOException {
        return connector.connect(this, endpointClass, cec, path);
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
