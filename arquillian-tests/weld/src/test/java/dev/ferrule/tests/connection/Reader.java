package dev.ferrule.tests.connection;

import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import java.util.List;
import java.util.Map;

/** A client's connection is a connection, too: not that of the server on the other side. */
@ClientEndpoint(configurator = Reader.Configurator.class)
public class Reader {
    @Inject
    Draft draft;

    @Inject
    Library library;

    @Inject
    Ledger ledger;

    @OnOpen
    void open() {
        draft.append("opened");
    }

    @OnMessage
    void on(String message) {
        ledger.add(message + " read with " + draft.append(", read ") + library.draftId());
    }

    /** Asked before the request is sent. */
    public static class Configurator extends ClientEndpointConfig.Configurator {
        @Inject
        Draft draft;

        @Override
        public void beforeRequest(Map<String, List<String>> headers) {
            draft.append("asked, ");
        }
    }
}
