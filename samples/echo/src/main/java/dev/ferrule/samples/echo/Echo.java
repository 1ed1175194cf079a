package dev.ferrule.samples.echo;

import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/** Returns whole messages to their sender, as they came. One instance per connection. */
@ServerEndpoint("/echo")
public class Echo {
    private final Mirror mirror;

    /** Without CDI. */
    public Echo() {
        this(new Mirror());
    }

    /** With CDI. */
    @Inject
    Echo(Mirror mirror) {
        this.mirror = mirror;
    }

    @OnMessage
    public String text(String text) {
        return mirror.reflect(text);
    }

    @OnMessage
    public ByteBuffer bytes(ByteBuffer bytes) {
        return mirror.reflect(bytes);
    }
}
