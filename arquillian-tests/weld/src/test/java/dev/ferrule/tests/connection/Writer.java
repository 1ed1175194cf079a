package dev.ferrule.tests.connection;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.server.ServerEndpoint;

/** The draft is the same in every callback, and in every bean that a callback calls. */
@ServerEndpoint(
        value = "/writer",
        configurator = WriterConfigurator.class,
        encoders = LineCoder.class,
        decoders = LineCoder.class)
public class Writer {
    @Inject
    Draft draft;

    @Inject
    Library library;

    @Inject
    Ledger ledger;

    private int openedWith;

    @OnOpen
    void open() {
        openedWith = draft.id();
    }

    @OnMessage
    Line on(Line line) {
        String text = draft.append(line.text());
        return new Line(
                text + " open=" + openedWith + " message=" + draft.id() + " library=" + library.draftId(),
                line.decodedWith());
    }

    @OnClose
    void close() {
        ledger.add("close of draft " + draft.id());
    }

    @PreDestroy
    void dead() {
        ledger.add("endpoint of draft " + draft.id() + " destroyed");
    }
}
