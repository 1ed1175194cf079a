package dev.ferrule.cdi.injection;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.container.Broadcast;
import dev.ferrule.container.OpenSessions;
import dev.ferrule.container.connect.AsyncContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.util.function.Supplier;

/** What can be injected everywhere: the server and what it offers. */
public final class ServerBeans {
    private ServerBeans() {}

    /** Where the server's parts come from, once it is there. */
    public interface Server {
        /** The container. */
        ServerContainer container();

        /** The container as a client's. */
        AsyncContainer client();

        /** Sends one object to many sessions. */
        Broadcast broadcast();

        /** The open sessions of the endpoints. */
        OpenSessions openSessions();

        /** The base URI with the real port. */
        URI uri();
    }

    /** Adds them. */
    public static void addTo(AfterBeanDiscovery event, Server server) {
        add(event, server::container, ServerContainer.class);
        add(event, server::client, AsyncContainer.class, WebSocketContainer.class);
        add(event, server::broadcast, Broadcast.class);
        add(event, server::openSessions, OpenSessions.class);
        event.<URI>addBean()
                .id("dev.ferrule.ServerUri")
                .types(URI.class, Object.class)
                .qualifiers(ServerUri.Literal.INSTANCE)
                .createWith(context -> server.uri());
    }

    private static void add(AfterBeanDiscovery event, Supplier<?> source, Class<?>... types) {
        event.addBean()
                .id("dev.ferrule." + types[0].getSimpleName())
                .types(types)
                .addType(Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> source.get());
    }
}
