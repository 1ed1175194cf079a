package dev.ferrule.container.send;

import dev.ferrule.container.coder.Encoded;
import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.settings.OverflowPolicy;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.CoderProvider.NativeType;
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.frame.Opcode;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What both remotes of a session share: from objects and texts to entries of the queue, blocking or not, batched or not.
 *
 * <p>Threading: any thread, at any time; nothing throws because another send is in progress.
 */
public final class Sender {
    /**
     * A user property of the session: messages that are sent while it is {@code Boolean.FALSE} are not compressed, as it is
     * wise for those that hold a secret beside text of a peer (CRIME, BREACH).
     */
    public static final String COMPRESS = "dev.ferrule.compress";

    /** Most bytes of payload of a ping or a pong (RFC 6455 §5.5). */
    private static final int MAX_CONTROL_BYTES = 125;

    private static final Object TEXT_PARTS = "a text message in parts";
    private static final Object BINARY_PARTS = "a binary message in parts";

    private final Session session;
    private final SendQueue queue;
    private final SessionCoders coders;
    private final CallbackScope.Connection scope;
    private final TransportConnection connection;
    private final Texts texts;
    private volatile boolean batching;

    // Made when they are asked for: endpoints that only return messages never do.
    private volatile @Nullable BasicRemote basic;
    private volatile @Nullable AsyncRemote async;

    /**
     * The sender of a session.
     *
     * @param connection knows which threads must not wait, and is told before others do
     * @param texts encodes texts, also those of other sessions
     */
    public Sender(
            Session session,
            SendQueue queue,
            SessionCoders coders,
            CallbackScope.Connection scope,
            TransportConnection connection,
            Texts texts) {
        this.texts = texts;
        this.session = session;
        this.queue = queue;
        this.coders = coders;
        this.scope = scope;
        this.connection = connection;
    }

    /** The blocking remote, always the same. */
    public BasicRemote basic() {
        BasicRemote made = basic;
        return made == null ? makeBasic() : made;
    }

    private synchronized BasicRemote makeBasic() {
        BasicRemote made = basic;
        if (made == null) {
            made = new BasicRemote(this);
            basic = made;
        }
        return made;
    }

    /**
     * The asynchronous remote, always the same.
     *
     * @param sendTimeoutMillis what its time-out is at first
     */
    public AsyncRemote async(long sendTimeoutMillis) {
        AsyncRemote made = async;
        return made == null ? makeAsync(sendTimeoutMillis) : made;
    }

    private synchronized AsyncRemote makeAsync(long sendTimeoutMillis) {
        AsyncRemote made = async;
        if (made == null) {
            made = new AsyncRemote(this, sendTimeoutMillis);
            async = made;
        }
        return made;
    }

    Session session() {
        return session;
    }

    /** Where everything that is sent waits. */
    public SendQueue queue() {
        return queue;
    }

    /** What it is sent over. */
    public TransportConnection connection() {
        return connection;
    }

    Executor callbacks() {
        return queue.callbacks();
    }

    boolean isBatching() {
        return batching;
    }

    void setBatching(boolean allowed) throws IOException {
        batching = allowed;
        if (!allowed) {
            flushAndWait();
        }
    }

    void flush() {
        queue.flush();
    }

    /** Sends what waits, and returns when it has been written. */
    void flushAndWait() throws IOException {
        SendFuture future = future(null);
        queue.offer(new Outbound.FlushMark(future));
        waitFor(future);
    }

    Encoded encode(Object object, @Nullable Type type) throws EncodeException, IOException {
        Encoded plain = coders.encodeNatively(object);
        if (plain != null) {
            return plain;
        }
        try (CallbackScope.Activation active = scope.enter(CallbackScope.Callback.OTHER)) {
            return coders.encode(object, type);
        }
    }

    private static Opcode opcode(Encoded message) {
        return message.type() == NativeType.TEXT ? Opcode.TEXT : Opcode.BINARY;
    }

    /** Sends a whole message, and waits. */
    void sendAndWait(Encoded message) throws IOException {
        sendAndWait(opcode(message), message.bytes(), true, null);
    }

    /** Sends a whole message or a part of the message in parts of its type, and waits. */
    void sendAndWait(Opcode type, ByteBuffer payload, boolean last, boolean whole) throws IOException {
        Object message = whole ? null : type == Opcode.TEXT ? TEXT_PARTS : BINARY_PARTS;
        sendAndWait(type, List.of(payload), last, message);
    }

    /** As above, for a part of a given message. */
    void sendAndWait(Opcode type, List<ByteBuffer> payload, boolean last, @Nullable Object message) throws IOException {
        if (queue.isInPartsByThisThread(message)) {
            throw new IllegalStateException("This thread has begun a message in parts on the session " + session.getId()
                    + " and not ended it: to wait here for another message would be to wait for ever");
        }
        boolean mayWait = !connection.onTransportThread();
        if (!mayWait && !queue.isEmpty()) {
            throw new IllegalStateException("A blocking send on the session " + session.getId()
                    + " would block an event loop: send with getAsyncRemote(), or from a callback");
        }
        if (mayWait) {
            awaitRoom(message);
        }
        SendFuture future = future(null);
        offer(type, payload, last, message, future);
        waitFor(future);
    }

    /** Sends a whole message; the completion learns how it went. */
    void send(Encoded message, long timeoutMillis, SendCompletion completion) {
        send(opcode(message), message.bytes(), timeoutMillis, completion);
    }

    /** As above. */
    void send(Opcode type, List<ByteBuffer> payload, long timeoutMillis, SendCompletion completion) {
        if (timeoutMillis > 0) {
            queue.limitTime(completion, timeoutMillis);
        }
        if (queue.policy() == OverflowPolicy.BLOCK && !connection.onTransportThread()) {
            try {
                awaitRoom(null, completion.deadline());
            } catch (IOException over) {
                completion.failed(over);
                return;
            }
        }
        offer(type, payload, true, null, completion);
    }

    private void offer(
            Opcode type, List<ByteBuffer> payload, boolean last, @Nullable Object message, SendCompletion completion) {
        if (batching) {
            offerToBatch(type, payload, last, message, completion);
        } else {
            queue.offer(data(type, payload, last, message, completion), true);
        }
    }

    /** In a batch a message counts as sent when it is in the batch; the caller's buffer is free again then. */
    private void offerToBatch(
            Opcode type, List<ByteBuffer> payload, boolean last, @Nullable Object message, SendCompletion completion) {
        List<ByteBuffer> copies = payload.stream().map(Sender::copy).toList();
        SendFuture accepted = future(null);
        queue.offer(data(type, copies, last, message, accepted), false);
        if (queue.queuedBytes() >= SendQueue.BATCH_BYTES) {
            queue.flush();
        }
        Throwable refused = accepted.failureSoFar();
        if (refused == null) {
            completion.written();
        } else {
            completion.failed(refused);
        }
    }

    /** Encodes an object for this session and every other one with the same coders. */
    public Encoded prepare(Object object) throws EncodeException, IOException {
        return encode(object, null);
    }

    /**
     * Sends a prepared message.
     *
     * @param completed learns how it went, once: null for written; must neither block nor run application code
     */
    public void send(Encoded message, long timeoutMillis, Consumer<@Nullable Throwable> completed) {
        send(message, timeoutMillis, reporting(completed));
    }

    private static SendCompletion reporting(Consumer<@Nullable Throwable> completed) {
        return new SendCompletion() {
            @Override
            void report(@Nullable Throwable failure) {
                completed.accept(failure);
            }
        };
    }

    /**
     * Sends what a callback returned: waits for room, not for the socket, so that a peer which reads slowly slows its own
     * messages down and nothing else.
     *
     * @throws IOException when it cannot be written already; what fails later is told to the {@link SendOwner}
     */
    public void sendReturned(Object returned, Type type) throws EncodeException, IOException {
        Encoded encoded = encode(returned, type);
        awaitRoom(null);
        ReturnedSend completion = new ReturnedSend(queue);
        send(encoded, 0, completion);
        completion.served();
    }

    void sendControl(Opcode type, @Nullable ByteBuffer data) throws IOException {
        if (data == null || data.remaining() > MAX_CONTROL_BYTES) {
            throw new IllegalArgumentException("The data of a " + type.name().toLowerCase(Locale.ROOT) + " must be "
                    + "at most " + MAX_CONTROL_BYTES + " bytes, not "
                    + (data == null ? "null" : String.valueOf(data.remaining())));
        }
        SendFuture future = future(null);
        queue.active();
        queue.offer(new Outbound.Control(type, copy(data), future));
        if (future.failureSoFar() instanceof IOException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /** A send that somebody may wait for. */
    SendFuture future(@Nullable Runnable whenWritten) {
        return new SendFuture(whenWritten, connection);
    }

    private void awaitRoom(@Nullable Object message) throws IOException {
        awaitRoom(message, Long.MAX_VALUE);
    }

    private void awaitRoom(@Nullable Object message, long deadline) throws IOException {
        if (!queue.hasRoom()) {
            if (message == null && queue.isInPartsByThisThread(null)) {
                return; // it would wait for its own last part
            }
            queue.flush();
            connection.beforeWait(queue::hasRoom);
        }
        try {
            queue.awaitRoom(message, deadline);
        } catch (InterruptedException stop) {
            InterruptedIOException interrupted = interrupted();
            if (message == null) {
                throw interrupted;
            }
            // A part goes all the same, or its message would never end; who waits for it then is interrupted.
        }
    }

    private void waitFor(SendFuture future) throws IOException {
        Throwable failure;
        try {
            failure = connection.onTransportThread() ? future.failureSoFar() : future.await();
        } catch (InterruptedException stop) {
            throw interrupted();
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(
                "Interrupted while sending on the session " + session.getId() + "; the message may still go out");
    }

    private Outbound.Data data(
            Opcode type, List<ByteBuffer> payload, boolean last, @Nullable Object message, SendCompletion completion) {
        return new Outbound.Data(type, payload, last, message, queue.mayCompress(), completion);
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    ByteBuffer utf8(String text) {
        return texts.utf8(text);
    }
}
