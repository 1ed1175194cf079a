package dev.ferrule.samples.echo;

import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/** Returns whole messages to their sender, as they came. One instance per connection. */
@ServerEndpoint("/echo")
public class Echo {
    /** The bean; without CDI the endpoint keeps its own. */
    @Inject
    private Mirror mirror = new Mirror();

    @OnMessage
    public String text(String text) {
        return mirror.reflect(text);
    }

    @OnMessage
    public ByteBuffer bytes(ByteBuffer bytes) {
        return mirror.reflect(bytes);
    }
}
