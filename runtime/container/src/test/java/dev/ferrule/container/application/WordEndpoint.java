package dev.ferrule.container.application;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** Tells of every callback. */
@ServerEndpoint(
        value = "/app",
        configurator = WordConfigurator.class,
        decoders = WordCoder.class,
        encoders = WordCoder.class)
public class WordEndpoint {
    @OnOpen
    public void open(Session session) {
        Witness.at("open");
    }

    @OnMessage
    public Word text(Word word, Session session) {
        Witness.at("message");
        if (word.text().equals("fail")) {
            throw new IllegalStateException("as told");
        }
        session.getAsyncRemote().sendText("result", result -> Witness.at("result"));
        return word;
    }

    @OnError
    public void error(Throwable error) {
        Witness.at("error");
    }

    @OnClose
    public void close() {
        Witness.at("close");
    }
}
