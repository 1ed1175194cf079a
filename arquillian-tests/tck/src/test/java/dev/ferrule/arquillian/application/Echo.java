package dev.ferrule.arquillian.application;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Lies in {@code WEB-INF/classes}. */
@ServerEndpoint("/echo")
public class Echo {
    @OnMessage
    public String text(String text) {
        return text;
    }

    /** Left out of every scan. */
    @ServerEndpoint("no path at all")
    abstract static class Unfit {}
}
