package dev.ferrule.container.application;

import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;

/** A client that tells of every callback. */
@ClientEndpoint
public class WordClient {
    @OnOpen
    public void open() {
        Witness.at("client open");
    }

    @OnMessage
    public void text(String text) {
        Witness.at("client message");
    }

    @OnClose
    public void close() {
        Witness.at("client close");
    }
}
