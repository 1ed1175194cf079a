package dev.ferrule.cdi;

import dev.ferrule.cdi.context.ConnectionContexts;
import dev.ferrule.cdi.context.ConnectionExecutor;
import dev.ferrule.cdi.discovery.Discovery;
import dev.ferrule.cdi.injection.ConnectionBeans;
import dev.ferrule.cdi.injection.ServerBeans;
import dev.ferrule.cdi.instance.ManagedBeans;
import dev.ferrule.cdi.observe.Announcements;
import dev.ferrule.cdi.observe.Observers;
import dev.ferrule.cdi.server.EmbeddedServer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * WebSocket endpoints are beans, and the embedded server lives with the CDI container. Found by itself on the class path and on
 * the module path; {@code SeContainerInitializer.disableDiscovery()} turns that off in Weld SE: name this class with
 * {@code addExtensions} there.
 *
 * <p>Everything that it knows lives and ends with one CDI container.
 */
public class FerruleExtension implements Extension {
    private final Discovery discovery = new Discovery();
    private final ManagedBeans beans = new ManagedBeans();
    private final ConnectionContexts contexts = new ConnectionContexts();
    private final Observers observers = new Observers();
    private final AtomicBoolean principals = new AtomicBoolean();
    private final EmbeddedServer server = new EmbeddedServer();
    private final ConnectionExecutor executor =
            new ConnectionExecutor(contexts, task -> server.callbacks().execute(task));

    /** For the CDI container, and for {@code addExtensions}. */
    public FerruleExtension() {}

    /**
     * An endpoint, or any class with a scope: whether these are seen tells which archives are discovered. An endpoint without a
     * scope is dependent, also where beans are trimmed; so are those of the other kinds.
     */
    void discover(
            @Observes
                    @WithAnnotations({
                        ServerEndpoint.class,
                        ClientEndpoint.class,
                        ApplicationScoped.class,
                        RequestScoped.class,
                        SessionScoped.class,
                        ConversationScoped.class,
                        Dependent.class
                    })
                    ProcessAnnotatedType<?> event,
            BeanManager manager) {
        Class<?> type = event.getAnnotatedType().getJavaClass();
        discovery.see(type);
        if (Discovery.isEndpoint(type)) {
            addScope(event, manager);
        }
    }

    void discoverProgrammatic(@Observes ProcessAnnotatedType<? extends Endpoint> event, BeanManager manager) {
        discovery.see(event.getAnnotatedType().getJavaClass());
        addScope(event, manager);
    }

    void discoverConfigs(@Observes ProcessAnnotatedType<? extends ServerApplicationConfig> event, BeanManager manager) {
        discovery.see(event.getAnnotatedType().getJavaClass());
        addScope(event, manager);
    }

    private static void addScope(ProcessAnnotatedType<?> event, BeanManager manager) {
        if (event.getAnnotatedType().getAnnotations().stream()
                .map(Annotation::annotationType)
                .noneMatch(annotation -> manager.isScope(annotation) || manager.isStereotype(annotation))) {
            event.configureAnnotatedType().add(Dependent.Literal.INSTANCE);
        }
    }

    void complete(@Observes AfterTypeDiscovery event, BeanManager manager) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Objects.requireNonNull(getClass().getClassLoader()) : context;
        for (Class<?> type : discovery.complete(loader)) {
            event.addAnnotatedType(manager.createAnnotatedType(type), getClass().getName() + ": " + type.getName());
        }
    }

    <T> void confirm(@Observes ProcessManagedBean<T> event) {
        beans.add(event.getBean(), event.getAnnotatedBeanClass());
    }

    void seePrincipals(@Observes ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        if (bean.getTypes().contains(Principal.class) && bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            principals.set(true);
        }
    }

    <T, X> void seeObservers(@Observes ProcessObserverMethod<T, X> event) {
        observers.see(event.getObserverMethod());
    }

    /** Late, so that a principal of another extension is known. */
    void addBeans(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) AfterBeanDiscovery event) {
        discovery.settle(type -> event.getAnnotatedTypes(type).iterator().hasNext());
        contexts.all().forEach(event::addContext);
        ServerBeans.addTo(event, server);
        new ConnectionBeans(contexts).addTo(event, executor, !principals.get());
    }

    void validate(@Observes AfterDeploymentValidation event, BeanManager manager) {
        Announcements announcements = new Announcements(observers, contexts, manager.getEvent(), executor);
        contexts.ready(others(manager), announcements.connections());
        try {
            server.deploy(new EmbeddedServer.Deployment(manager, beans, contexts, announcements, discovery));
        } catch (RuntimeException problem) {
            event.addDeploymentProblem(problem);
        }
    }

    /** A container of CDI 4.0 cannot say which contexts it has. */
    private static ConnectionContexts.Others others(BeanManager manager) {
        try {
            return new ConnectionContexts.Others(
                    manager.getContexts(RequestScoped.class), manager.getContexts(SessionScoped.class));
        } catch (AbstractMethodError olderApi) {
            return new ConnectionContexts.Others(List.of(), List.of());
        }
    }

    /**
     * Late among those who are told of the scope, so that what they prepare is there when the first connection comes. Observers
     * of {@code Startup} come afterwards, when the server listens already: they can connect to it, and not every container
     * sends that event.
     */
    void start(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) @Initialized(ApplicationScoped.class)
                    Object event) {
        server.start();
    }

    // Which of these signs of the end comes first, or at all, differs between containers.

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) Shutdown event) {
        server.stop();
    }

    void stopBeforeScope(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) @BeforeDestroyed(ApplicationScoped.class)
                    Object event) {
        server.stop();
    }

    void stopAfterScope(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) @Destroyed(ApplicationScoped.class)
                    Object event) {
        server.stop();
    }

    void stopAtLast(@Observes BeforeShutdown event) {
        server.stop();
    }
}
