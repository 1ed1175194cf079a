package dev.ferrule.cdi.server;

import dev.ferrule.container.FerruleServer;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * When a server listens: from the application's begin on where there are endpoints, else from the first one on.
 *
 * <p>Threading: any thread.
 */
final class Listening {
    private static final Logger LOG = System.getLogger(Listening.class.getName());

    private final FerruleServer server;
    private boolean begun;
    private boolean done;

    Listening(FerruleServer server) {
        this.server = server;
    }

    /** The application begins. Idempotent. */
    synchronized void begin() throws IOException, DeploymentException {
        if (!begun) {
            begun = true;
            server.begin();
            listen();
        }
    }

    private synchronized boolean isDue() {
        return begun && !done && !server.endpoints().isEmpty();
    }

    /** Under the lock, so that nothing listens twice, or when the end has come. */
    private synchronized @Nullable Void listen() throws IOException, DeploymentException {
        if (isDue()) {
            server.listen();
            done = true;
            LOG.log(Level.INFO, "WebSocket endpoints at {0}: {1}", server.uri(), server.endpoints());
        }
        return null;
    }

    /**
     * The application has added an endpoint.
     *
     * @throws DeploymentException when it is the first and the address cannot be bound; the next one tries again
     */
    void added() throws DeploymentException {
        if (!isDue()) {
            return;
        }
        FutureTask<@Nullable Void> listen = new FutureTask<>(this::listen);
        // The caller may be an event loop, which must not wait for itself.
        new Thread(listen, "ferrule-listen").start();
        try {
            listen.get();
        } catch (ExecutionException failure) {
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new DeploymentException("The WebSocket server cannot start: " + reason.getMessage(), reason);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeploymentException("Interrupted while the WebSocket server starts", interrupted);
        }
    }

    /** Nothing listens any more. */
    synchronized void end() {
        done = true;
    }
}
