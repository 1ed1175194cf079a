package dev.ferrule.container.send;

import dev.ferrule.engine.frame.Opcode;
import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What both remotes do alike: batching, pings and pongs. */
abstract class Remote implements RemoteEndpoint {
    final Sender sender;

    Remote(Sender sender) {
        this.sender = sender;
    }

    static <T> T present(@Nullable T argument, String what) {
        if (argument == null) {
            throw new IllegalArgumentException("The " + what + " to send is null");
        }
        return argument;
    }

    @Override
    public void setBatchingAllowed(boolean allowed) throws IOException {
        sender.setBatching(allowed);
    }

    @Override
    public boolean getBatchingAllowed() {
        return sender.isBatching();
    }

    @Override
    public void flushBatch() throws IOException {
        sender.flush();
    }

    @Override
    public void sendPing(ByteBuffer applicationData) throws IOException {
        sender.sendControl(Opcode.PING, applicationData);
    }

    @Override
    public void sendPong(ByteBuffer applicationData) throws IOException {
        sender.sendControl(Opcode.PONG, applicationData);
    }
}
