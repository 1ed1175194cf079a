package dev.ferrule.cdi.injection;

import dev.ferrule.cdi.Handshake;
import dev.ferrule.cdi.InConnection;
import dev.ferrule.cdi.context.ConnectionContexts;
import dev.ferrule.container.spi.HandshakeFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;
import jakarta.interceptor.Interceptor;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.concurrent.Executor;

/**
 * What can be injected of a connection: proxies that lead to the connection whose code the thread runs, and say so where there is
 * none.
 */
public final class ConnectionBeans {
    private final ConnectionContexts contexts;

    /** Beans of the connections in these contexts. */
    public ConnectionBeans(ConnectionContexts contexts) {
        this.contexts = contexts;
    }

    /**
     * Adds them.
     *
     * @param executor runs tasks in the connection
     * @param plainPrincipal whether a principal without a qualifier is ours to give
     */
    public void addTo(AfterBeanDiscovery event, Executor executor, boolean plainPrincipal) {
        add(event, Session.class, this::session).types(Session.class, Object.class);
        // Before the application's endpoint configurations, which are beans of this type, too.
        add(event, EndpointConfig.class, () -> contexts.required().handshake().config())
                .types(EndpointConfig.class, Object.class)
                .alternative(true)
                .priority(Interceptor.Priority.LIBRARY_BEFORE);
        add(event, HandshakeFacts.class, this::request)
                .types(HandshakeFacts.class, HandshakeRequest.class, Object.class);
        Annotation[] qualifiers = plainPrincipal
                ? new Annotation[] {Handshake.Literal.INSTANCE, Default.Literal.INSTANCE, Any.Literal.INSTANCE}
                : new Annotation[] {Handshake.Literal.INSTANCE, Any.Literal.INSTANCE};
        add(event, Principal.class, this::principal)
                .types(Principal.class, Object.class)
                .qualifiers(qualifiers);
        event.<Executor>addBean()
                .id("dev.ferrule.InConnection")
                .types(Executor.class, Object.class)
                .qualifiers(InConnection.Literal.INSTANCE, Any.Literal.INSTANCE)
                .scope(ApplicationScoped.class)
                .createWith(context -> executor);
        PathParameters.addTo(event, contexts);
    }

    private static <T> BeanConfigurator<T> add(
            AfterBeanDiscovery event, Class<T> type, java.util.function.Supplier<? extends T> current) {
        T proxy = Forwarding.to(type, current);
        return event.<T>addBean()
                .id("dev.ferrule." + type.getSimpleName())
                .scope(ApplicationScoped.class)
                .createWith(context -> proxy);
    }

    private Session session() {
        Session session = contexts.required().session();
        if (session == null) {
            throw new IllegalStateException(
                    "The opening handshake of this connection is still going on: there is a session"
                            + " from onOpen on");
        }
        return session;
    }

    private HandshakeFacts request() {
        HandshakeFacts request = contexts.required().handshake().request();
        if (request == null) {
            throw new IllegalStateException("This connection is a client's: only a server has got a request");
        }
        return request;
    }

    private Principal principal() {
        HandshakeFacts request = contexts.required().handshake().request();
        Principal principal = request == null ? null : request.getUserPrincipal();
        if (principal == null) {
            throw new IllegalStateException("The peer of this connection is anonymous");
        }
        return principal;
    }
}
