package dev.ferrule.container.send;

import dev.ferrule.container.coder.Encoded;
import dev.ferrule.engine.frame.Opcode;
import jakarta.websocket.EncodeException;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The remote that returns at once. Any thread may use it at any time; messages go out in the order of the calls. Every send
 * completes exactly once, with its session: handlers on a callback thread outside of the session's serial order, futures as
 * soon as the socket has taken the last byte.
 */
public final class AsyncRemote extends Remote implements RemoteEndpoint.Async {
    private volatile long sendTimeoutMillis;

    /**
     * The asynchronous remote of a sender's session.
     *
     * @param sendTimeoutMillis the container's default, 0 or negative for none
     */
    public AsyncRemote(Sender sender, long sendTimeoutMillis) {
        super(sender);
        this.sendTimeoutMillis = sendTimeoutMillis;
    }

    @Override
    public long getSendTimeout() {
        return sendTimeoutMillis;
    }

    @Override
    public void setSendTimeout(long timeout) {
        sendTimeoutMillis = timeout;
    }

    @Override
    public void sendText(String text, SendHandler completion) {
        present(text, "text");
        send(Opcode.TEXT, sender.utf8(text), handled(present(completion, "handler"), null));
    }

    @Override
    public Future<Void> sendText(String text) {
        SendFuture future = sender.future(null);
        send(Opcode.TEXT, sender.utf8(present(text, "text")), future);
        return asApi(future);
    }

    @Override
    public Future<Void> sendBinary(ByteBuffer data) {
        SendFuture future = sender.future(() -> data.position(data.limit()));
        send(Opcode.BINARY, present(data, "data").duplicate(), future);
        return asApi(future);
    }

    @Override
    public void sendBinary(ByteBuffer data, SendHandler completion) {
        present(data, "data");
        send(Opcode.BINARY, data.duplicate(), handled(present(completion, "handler"), data));
    }

    @Override
    public Future<Void> sendObject(Object data) {
        SendFuture future = sender.future(null);
        sendObject(present(data, "object"), future);
        return asApi(future);
    }

    @Override
    public void sendObject(Object data, SendHandler handler) {
        present(data, "object");
        sendObject(data, handled(present(handler, "handler"), null));
    }

    private void sendObject(Object data, SendCompletion completion) {
        Encoded encoded;
        try {
            encoded = sender.encode(data, null);
        } catch (EncodeException | IOException | RuntimeException failure) {
            completion.failed(failure);
            return;
        }
        sender.send(encoded, sendTimeoutMillis, completion);
    }

    private void send(Opcode type, ByteBuffer payload, SendCompletion completion) {
        sender.send(type, List.of(payload), sendTimeoutMillis, completion);
    }

    private SendCompletion handled(SendHandler handler, @Nullable ByteBuffer data) {
        return new SendCompletion() {
            @Override
            void report(@Nullable Throwable failure) {
                if (failure == null && data != null) {
                    data.position(data.limit());
                }
                SendResult result =
                        failure == null ? new SendResult(sender.session()) : new SendResult(sender.session(), failure);
                sender.callbacks().execute(() -> handler.onResult(result));
            }
        };
    }

    /** The API, which knows no nullness, wants a {@code Future<Void>}. */
    @SuppressWarnings({"unchecked", "NullAway"})
    private static Future<Void> asApi(SendFuture future) {
        return (Future<Void>) (Future<?>) future;
    }
}
