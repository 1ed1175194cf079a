package dev.ferrule.cdi.server;

import dev.ferrule.cdi.context.ConnectionContexts;
import dev.ferrule.cdi.discovery.Discovery;
import dev.ferrule.cdi.injection.ServerBeans;
import dev.ferrule.cdi.instance.ApplicationBeans;
import dev.ferrule.cdi.instance.BeanInstances;
import dev.ferrule.cdi.instance.ManagedBeans;
import dev.ferrule.cdi.observe.Announcements;
import dev.ferrule.container.Broadcast;
import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.OpenSessions;
import dev.ferrule.container.connect.AsyncContainer;
import dev.ferrule.container.settings.SettingsException;
import dev.ferrule.container.settings.SettingsSource;
import dev.ferrule.container.spi.CoderProvider;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The server that lives with a CDI container: deployed when the beans are valid, listening when the application scope is
 * initialized, stopped at the first sign of the end. Without endpoints it does not listen, but can connect as a client.
 *
 * <p>Threading: the life-cycle methods are called one after the other; everything else comes on any thread.
 */
public final class EmbeddedServer implements ServerBeans.Server {
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();
    private volatile @Nullable String missing =
            "The WebSocket container is there when the deployment has been validated";

    /**
     * What runs and what ends with it.
     *
     * @param ends let go of what was obtained for it, in this order
     * @param stopping whether it is about to end; callbacks that still run may use it
     */
    private record Running(FerruleServer server, Listening listening, List<Runnable> ends, AtomicBoolean stopping) {}

    /** Nothing is deployed yet. */
    public EmbeddedServer() {}

    /**
     * What a deployment consists of.
     *
     * @param beanManager the deployment's bean manager
     * @param beans its managed beans
     * @param contexts what surrounds callbacks
     * @param announcements who tells observers
     * @param discovery the classes that were found
     */
    public record Deployment(
            BeanManager beanManager,
            ManagedBeans beans,
            ConnectionContexts contexts,
            Announcements announcements,
            Discovery discovery) {}

    /**
     * Checks and deploys the endpoints.
     *
     * @throws DeploymentException when something is wrong; the message lists every problem
     */
    public void deploy(Deployment deployment) {
        BeanInstances instances = new BeanInstances(deployment.beanManager(), deployment.beans());
        List<Runnable> ends = new ArrayList<>();
        boolean deployed = false;
        try {
            ApplicationBeans beans = new ApplicationBeans(deployment.beanManager());
            ends.add(0, beans::close);
            Gates gates = new Gates(deployment, beans);
            ends.add(0, gates::close);
            List<String> problems = new ArrayList<>();
            Selector selector = new Selector(deployment, instances, ends);
            EndpointSelection selection = selector.select(beans.all(ServerEndpointConfig.class), problems);
            FerruleServer.Builder builder = FerruleServer.builder()
                    .instances(instances)
                    .scope(deployment.contexts())
                    .events(deployment.announcements().sessions())
                    .beans(beans)
                    .settings(settings(beans));
            gates.addTo(builder);
            beans.all(CoderProvider.class).forEach(builder::coders);
            selection.annotated().forEach(builder::endpoint);
            selection.configs().forEach(builder::endpoint);
            DeploymentRules.clients(deployment).forEach(builder::clientEndpoint);
            DeploymentRules rules = new DeploymentRules(deployment, gates, this::added);
            builder.deploymentGuard(rules);
            problems.addAll(rules.problems());
            FerruleServer server = deploy(builder, problems, selection.isEmpty());
            if (server != null) {
                running.set(new Running(server, new Listening(server), ends, new AtomicBoolean()));
                missing = null;
                deployed = true;
            }
        } finally {
            if (!deployed) {
                ends.forEach(Runnable::run);
            }
        }
    }

    /** Beans of the application first, then MicroProfile Config where it is present, then the system. */
    private static SettingsSource settings(ApplicationBeans beans) {
        List<SettingsSource> sources = new ArrayList<>(beans.all(SettingsSource.class));
        MicroProfileSettings.present().ifPresent(sources::add);
        sources.add(SettingsSource.ofSystem());
        return SettingsSource.firstOf(sources);
    }

    private @Nullable FerruleServer deploy(FerruleServer.Builder builder, List<String> problems, boolean clientOnly) {
        jakarta.websocket.DeploymentException malformed = null;
        try {
            FerruleServer server = builder.deploy();
            if (problems.isEmpty()) {
                return server;
            }
            server.close();
        } catch (jakarta.websocket.DeploymentException problem) {
            malformed = problem;
        } catch (SettingsException wrong) {
            throw new DeploymentException("The WebSocket server's settings are wrong: " + wrong.getMessage(), wrong);
        } catch (IllegalStateException noTransport) {
            if (clientOnly) {
                missing = noTransport.getMessage();
                return null;
            }
            throw new DeploymentException(
                    "The WebSocket server cannot start: " + noTransport.getMessage(), noTransport);
        }
        throw new DeploymentException(
                "The WebSocket endpoints of this application cannot be deployed:"
                        + (problems.isEmpty() ? "" : "\n  - " + String.join("\n  - ", problems))
                        + (malformed == null ? "" : "\n" + malformed.getMessage()),
                malformed);
    }

    /**
     * Accepts connections when there are endpoints by now, else as soon as there is one. Idempotent: a scope may be reported as
     * initialized more than once.
     *
     * @throws DeploymentException when the address cannot be bound; the message names it and the setting
     */
    public void start() {
        Running current = running.get();
        if (current == null) {
            return;
        }
        try {
            current.listening().begin();
        } catch (IOException | jakarta.websocket.DeploymentException failure) {
            stop();
            throw new DeploymentException("The WebSocket server cannot start: " + failure.getMessage(), failure);
        }
    }

    private void added() throws jakarta.websocket.DeploymentException {
        Running current = running.get();
        if (current != null) {
            current.listening().added();
        }
    }

    /** Closes every session with 1001, stops, and lets go of what was deployed. Idempotent. */
    public void stop() {
        Running current = running.get();
        if (current != null && current.stopping().compareAndSet(false, true)) {
            try {
                current.listening().end();
                current.server().close();
            } finally {
                missing = "The WebSocket container has been stopped";
                running.set(null);
                current.ends().forEach(Runnable::run);
            }
        }
    }

    /**
     * The container.
     *
     * @throws IllegalStateException when it is not there yet, or no longer
     */
    @Override
    public ServerContainer container() {
        return server().container();
    }

    /**
     * The container as a client's.
     *
     * @throws IllegalStateException when it is not there yet, or no longer
     */
    @Override
    public AsyncContainer client() {
        return server().client();
    }

    /**
     * Sends one object to many sessions.
     *
     * @throws IllegalStateException when the container is not there yet, or no longer
     */
    @Override
    public Broadcast broadcast() {
        return server().broadcast();
    }

    /**
     * The open sessions of the endpoints.
     *
     * @throws IllegalStateException when the container is not there yet, or no longer
     */
    @Override
    public OpenSessions openSessions() {
        return server().openSessions();
    }

    /**
     * Runs application code on threads such as callbacks run on.
     *
     * @throws IllegalStateException when the container is not there yet, or no longer
     */
    public Executor callbacks() {
        return server().callbacks();
    }

    /**
     * The base URI with the real port.
     *
     * @throws IllegalStateException when the server does not listen
     */
    @Override
    public URI uri() {
        FerruleServer server = server();
        if (server.endpoints().isEmpty()) {
            throw new IllegalStateException(
                    "The server does not listen, so it has no URI: there are no endpoints. In packages"
                            + " that are added to the CDI container by name, only those with a scope are found");
        }
        return server.uri();
    }

    private FerruleServer server() {
        Running current = running.get();
        if (current == null) {
            throw new IllegalStateException(missing);
        }
        return current.server();
    }
}
