package dev.ferrule.tests.injection;

import jakarta.inject.Inject;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;

/** A programmatic client endpoint, no bean in annotated discovery. */
public class ProgrammaticReader extends Endpoint {
    @Inject
    Motto motto;

    @Inject
    Mailbox mailbox;

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        mailbox.put("programmatic client: " + motto.text());
    }
}
