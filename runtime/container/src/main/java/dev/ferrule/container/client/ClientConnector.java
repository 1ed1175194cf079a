package dev.ferrule.container.client;

import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.Extensions;
import dev.ferrule.container.session.FerruleContainer;
import dev.ferrule.container.session.FerruleSession;
import dev.ferrule.container.session.Wanted;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.engine.extension.FrameExtension;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Connects endpoints to servers (§3.2, RFC 6455 §4.1). {@code onOpen} has returned when a session is handed out.
 *
 * <p>Threading: any thread, concurrently. {@link #connect} runs the application's code, such as a configurator, on the caller's
 * thread, which waits; {@link #connectAsync} on callback threads, and no thread waits.
 */
public final class ClientConnector implements FerruleContainer.Connector {
    private final ContainerServices services;
    private final List<FrameExtension> installed;
    private final TransportLease transports;

    /** Who lends a transport for the life of one connection. */
    public interface TransportLease {
        /** The transport; each call is answered by one of {@link #release}. */
        Transport acquire();

        /** The connection is over. */
        void release();

        /** A transport that lives as long as its container. */
        static TransportLease of(Transport transport) {
            return new TransportLease() {
                @Override
                public Transport acquire() {
                    return transport;
                }

                @Override
                public void release() {}
            };
        }
    }

    /** A connector that offers the installed extensions. */
    public ClientConnector(ContainerServices services, List<FrameExtension> installed, TransportLease transports) {
        this.services = services;
        this.installed = List.copyOf(installed);
        this.transports = transports;
    }

    /**
     * What is wrong with annotated client endpoints, without connecting them.
     *
     * @return a sentence for each problem of any of them
     */
    public static List<String> problems(Collection<Class<?>> types, ContainerServices.Hooks hooks) {
        return types.stream()
                .flatMap(type -> ClientSide.problems(type, hooks).stream())
                .toList();
    }

    ContainerServices services() {
        return services;
    }

    List<FrameExtension> installed() {
        return installed;
    }

    TransportLease transports() {
        return transports;
    }

    @Override
    public Set<Extension> installedExtensions() {
        return new LinkedHashSet<>(Extensions.installed(installed));
    }

    @Override
    public CompletionStage<Session> connectAsync(FerruleContainer container, Wanted wanted, URI path) {
        Plan plan = plan(container, wanted, path);
        CompletableFuture<Session> told = new CompletableFuture<>();
        new Connecting(this, plan, services.callbacks(), null).start().whenComplete((session, failure) -> {
            if (failure == null) {
                told.complete(session);
            } else {
                told.completeExceptionally(failure);
            }
        });
        return told.minimalCompletionStage();
    }

    @Override
    public Session connect(FerruleContainer container, Wanted wanted, URI path)
            throws DeploymentException, IOException {
        CallerSteps steps = new CallerSteps(services.callbacks());
        Connecting connecting = new Connecting(this, plan(container, wanted, path), steps, null);
        CompletableFuture<FerruleSession> result = connecting.start();
        steps.runUntil(
                result,
                interrupted -> connecting.cancel(
                        new DeploymentException("Interrupted while connecting to " + Target.shown(path), interrupted)));
        try {
            return result.join();
        } catch (CompletionException | CancellationException failed) {
            throw unwrapped(failed);
        }
    }

    private static Plan plan(FerruleContainer container, Wanted wanted, URI path) {
        ClassLoader current = Thread.currentThread().getContextClassLoader();
        ClassLoader own = current == null ? wanted.type().getClassLoader() : current;
        return new Plan(
                container,
                wanted,
                path,
                own == null ? Objects.requireNonNull(ClientConnector.class.getClassLoader()) : own);
    }

    /** What an attempt failed with, for the thread that waited for it. */
    private static DeploymentException unwrapped(RuntimeException failed) throws DeploymentException, IOException {
        Throwable cause = failed.getCause();
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof DeploymentException expected
                ? expected
                : new DeploymentException("Cannot connect: " + failed.getMessage(), failed);
    }
}
