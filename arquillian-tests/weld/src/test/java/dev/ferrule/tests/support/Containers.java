package dev.ferrule.tests.support;

import dev.ferrule.cdi.FerruleExtension;
import dev.ferrule.cdi.ServerUri;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;

/** Weld SE as an application starts it, without Arquillian, with the named beans only. */
public final class Containers {
    private Containers() {}

    /** A container that has not started. */
    public static SeContainerInitializer of(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(FerruleExtension.class)
                .addBeanClasses(beans);
    }

    /** The server's address. */
    public static URI uri(SeContainer container) {
        return container.select(URI.class, ServerUri.Literal.INSTANCE).get();
    }

    /** The container's client. */
    public static WebSocketContainer client(SeContainer container) {
        return container.select(WebSocketContainer.class).get();
    }
}
