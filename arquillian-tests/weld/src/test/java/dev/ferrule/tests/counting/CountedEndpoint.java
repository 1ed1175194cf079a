package dev.ferrule.tests.counting;

import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** One per connection, with two dependents of its own. */
@ServerEndpoint(value = "/counted", decoders = Parts.WordDecoder.class)
public class CountedEndpoint extends Counted {
    @Inject
    Parts.Part one;

    @Inject
    Parts.Part other;

    @Inject
    Parts.PerConnection perConnection;

    @Inject
    Parts.PerMessage perMessage;

    @Override
    Class<?> kind() {
        return CountedEndpoint.class;
    }

    @OnMessage
    String on(Parts.Word word) {
        perConnection.use();
        perMessage.use();
        return word.text();
    }
}
