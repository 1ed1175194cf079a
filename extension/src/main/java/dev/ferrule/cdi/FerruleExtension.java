package dev.ferrule.cdi;

import dev.ferrule.cdi.context.CallbackContexts;
import dev.ferrule.cdi.context.CallbackRequests;
import dev.ferrule.cdi.discovery.Discovery;
import dev.ferrule.cdi.instance.ManagedBeans;
import dev.ferrule.cdi.server.EmbeddedServer;
import dev.ferrule.container.Broadcast;
import dev.ferrule.container.connect.AsyncContainer;
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
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.Endpoint;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.Objects;

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
    private final CallbackRequests requests = new CallbackRequests();
    private final EmbeddedServer server = new EmbeddedServer();

    /** For the CDI container, and for {@code addExtensions}. */
    public FerruleExtension() {}

    /**
     * An endpoint, or any class with a scope: whether these are seen tells which archives are discovered. An endpoint without a
     * scope is dependent, also where beans are trimmed.
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
        AnnotatedType<?> type = event.getAnnotatedType();
        discovery.see(type.getJavaClass());
        if (Discovery.isEndpoint(type.getJavaClass())
                && type.getAnnotations().stream()
                        .map(Annotation::annotationType)
                        .noneMatch(annotation -> manager.isScope(annotation) || manager.isStereotype(annotation))) {
            event.configureAnnotatedType().add(Dependent.Literal.INSTANCE);
        }
    }

    void discoverProgrammatic(@Observes ProcessAnnotatedType<? extends Endpoint> event) {
        discovery.see(event.getAnnotatedType().getJavaClass());
    }

    void discoverConfigs(@Observes ProcessAnnotatedType<? extends ServerApplicationConfig> event) {
        discovery.see(event.getAnnotatedType().getJavaClass());
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

    void addBeans(@Observes AfterBeanDiscovery event) {
        event.addContext(requests);
        event.<ServerContainer>addBean()
                .id("dev.ferrule.ServerContainer")
                .types(ServerContainer.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> server.container());
        event.<AsyncContainer>addBean()
                .id("dev.ferrule.WebSocketContainer")
                .types(AsyncContainer.class, WebSocketContainer.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> server.client());
        event.<Broadcast>addBean()
                .id("dev.ferrule.Broadcast")
                .types(Broadcast.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> server.broadcast());
        event.<URI>addBean()
                .id("dev.ferrule.ServerUri")
                .types(URI.class, Object.class)
                .qualifiers(ServerUri.Literal.INSTANCE)
                .createWith(context -> server.uri());
    }

    void validate(@Observes AfterDeploymentValidation event, BeanManager manager) {
        requests.rank(manager.getContexts(RequestScoped.class));
        try {
            server.deploy(new EmbeddedServer.Deployment(
                    manager,
                    beans,
                    new CallbackContexts(requests),
                    discovery.serverEndpoints(),
                    discovery.programmaticEndpoints(),
                    discovery.applicationConfigs()));
        } catch (RuntimeException problem) {
            event.addDeploymentProblem(problem);
        }
    }

    /** Late, so that the application is ready when the first connection comes. */
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
