package dev.ferrule.tests.injection;

import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.OnOpen;

/** A client endpoint. */
@ClientEndpoint
public class Reader {
    @Inject
    Motto motto;

    @Inject
    Mailbox mailbox;

    @OnOpen
    void open() {
        mailbox.put("client: " + motto.text());
    }
}
