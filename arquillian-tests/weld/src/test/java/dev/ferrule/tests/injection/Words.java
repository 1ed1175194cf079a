package dev.ferrule.tests.injection;

import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

@ServerEndpoint(
        value = "/words",
        decoders = WordDecoder.class,
        encoders = WordEncoder.class,
        configurator = WordConfigurator.class)
public class Words {
    private final Motto motto;

    /** A constructor that only CDI can call. */
    @Inject
    Words(Motto motto) {
        this.motto = motto;
    }

    @OnOpen
    void open(Session session) throws IOException {
        session.getBasicRemote()
                .sendText("endpoint: " + motto.text() + ", configurator: "
                        + session.getUserProperties().get("motto"));
    }

    @OnMessage
    Word on(Word word) {
        return word;
    }
}
