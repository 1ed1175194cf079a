package dev.ferrule.arquillian.application;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Tells whether an endpoint runs in the archive's class loader, and whether that is the thread's. */
@ServerEndpoint("/loaders")
public class Loaders {
    @OnMessage
    public String text(String text) {
        ClassLoader own = Loaders.class.getClassLoader();
        return own.getClass().getSimpleName() + " "
                + (own == Thread.currentThread().getContextClassLoader());
    }
}
