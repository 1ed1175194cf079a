package dev.ferrule.arquillian.application;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Hands its class to the test, which is in another class loader, by way of the system properties. */
@ServerEndpoint("/traced")
public class Traced {
    public static final String KEY = "dev.ferrule.arquillian.traced";

    @OnMessage
    public String text(String text) {
        System.getProperties().put(KEY, Traced.class);
        return text;
    }
}
