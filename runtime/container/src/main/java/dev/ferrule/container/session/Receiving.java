package dev.ferrule.container.session;

import dev.ferrule.container.endpoint.MessageShape.Kind;
import dev.ferrule.container.receive.MessageSink;
import dev.ferrule.container.receive.Sinks;
import dev.ferrule.engine.Delivery;
import dev.ferrule.engine.InboundHandler;
import dev.ferrule.engine.frame.Opcode;
import jakarta.websocket.MessageHandler;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the data messages of a session go. This is what a {@link SessionLink} is, and not what it has, as {@link Ending} is.
 *
 * <p>Threading: {@link InboundHandler} comes from the reader; handlers are added and removed by any thread.
 */
abstract class Receiving extends Ending implements InboundHandler {
    final FerruleSession session;

    /** Those of the endpoint, which all its sessions share, until the application adds some to this one or removes them. */
    private volatile Sinks sinks;

    /** Where the parts of the message that is arriving go; confined to the reader. */
    private @Nullable MessageSink partsGoTo;

    Receiving(FerruleSession session, Sinks sinks) {
        this.session = session;
        this.sinks = sinks;
    }

    final FerruleSession session() {
        return session;
    }

    final Sinks sinks() {
        return sinks;
    }

    final synchronized void addSinks(List<MessageSink> added) {
        sinks = sinks.with(added);
    }

    final synchronized void removeSinks(MessageHandler handler) {
        sinks = sinks.without(handler);
    }

    /**
     * Has a callback called with a message, a part or a pong, behind those that wait.
     *
     * @param sink where all parts of a message go; null for a whole one
     * @param bytes how much of it there is, roughly
     */
    abstract void enqueue(Kind kind, @Nullable MessageSink sink, Object content, int bytes, boolean last);

    @Override
    public final void onProgress() {
        session.active();
    }

    @Override
    public final Delivery onMessageStart(Opcode opcode) {
        MessageSink sink = sinks.get(opcode == Opcode.TEXT ? Kind.TEXT : Kind.BINARY);
        partsGoTo = sink;
        long limit = opcode == Opcode.TEXT ? session.textLimit() : session.binaryLimit();
        if (sink == null) {
            return Delivery.discard(limit);
        }
        return sink.shape().parts() ? Delivery.parts(Long.MAX_VALUE) : Delivery.whole(sink.limit(limit));
    }

    @Override
    public final void onText(String message) {
        deliver(Kind.TEXT, message, message.length());
    }

    @Override
    public final void onBinary(ByteBuffer message) {
        deliver(Kind.BINARY, message, message.remaining());
    }

    @Override
    public final void onTextPart(String part, boolean last) {
        deliverPart(part, part.length(), last);
    }

    @Override
    public final void onBinaryPart(ByteBuffer part, boolean last) {
        deliverPart(part, part.remaining(), last);
    }

    final void deliver(Kind kind, Object message, int bytes) {
        session.active();
        enqueue(kind, null, message, bytes, true);
    }

    private void deliverPart(Object part, int bytes, boolean last) {
        session.active();
        MessageSink sink = partsGoTo;
        if (sink != null) {
            enqueue(sink.shape().kind(), sink, part, bytes, last);
        }
    }
}
