package dev.ferrule.tests.discovery;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** On the class path of the tests, but in no archive. */
@ServerEndpoint("/not-in-the-archive")
public class NotInTheArchive {
    @OnMessage
    String on(String message) {
        return message;
    }
}
