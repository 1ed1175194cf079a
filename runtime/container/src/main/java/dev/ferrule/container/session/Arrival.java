package dev.ferrule.container.session;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.MessageMethod;
import dev.ferrule.container.endpoint.MessageShape.Kind;
import dev.ferrule.container.receive.Dispatcher;
import dev.ferrule.container.receive.MessageSink;
import dev.ferrule.container.receive.Receiver;
import dev.ferrule.container.spi.CallbackScope.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A message or a part on its way to its callback: what waits in the dispatcher, what is run then, and what its sink knows of the
 * session. Immutable.
 */
final class Arrival extends Dispatcher.Task implements CallbackRunner.Work, Receiver {
    /** What a message that waits costs beside its content. */
    private static final int OVERHEAD = 64;

    private final SessionLink link;
    private final Kind kind;

    /** Where all parts of a message go; null for a whole message, which goes to whoever is there for it by then. */
    private final @Nullable MessageSink sink;

    private final Object content;
    private final boolean last;

    /**
     * What came to a session.
     *
     * @param content a {@code String} for text, a {@code ByteBuffer} for bytes and pongs
     * @param bytes how much of it there is, roughly
     */
    Arrival(SessionLink link, Kind kind, @Nullable MessageSink sink, Object content, int bytes, boolean last) {
        super(bytes + OVERHEAD);
        this.link = link;
        this.kind = kind;
        this.sink = sink;
        this.content = content;
        this.last = last;
    }

    @Override
    public void run() {
        link.runner().run(link, Callback.MESSAGE, this);
    }

    @Override
    public void work() throws Throwable {
        MessageSink to = sink == null ? link.sinks().get(kind) : sink;
        if (to != null) {
            to.deliver(this, content, last);
        }
    }

    @Override
    public SessionCoders coders() {
        return link.endpoint().coders();
    }

    @Override
    public void call(MessageMethod method, Object message, boolean isLast) throws Throwable {
        Object result = link.endpoint().callbacks().message(method, link.session(), message, isLast);
        if (result != null && method.returnType() != null) {
            link.sender().sendReturned(result, method.returnType());
        }
    }
}
