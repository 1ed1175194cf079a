package dev.ferrule.arquillian.application;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Lies in a jar of {@code WEB-INF/lib}, beside {@link EverythingGiven}. */
@ServerEndpoint("/library")
public class InLibrary {
    @OnMessage
    public String text(String text) {
        return "library: " + text;
    }
}
