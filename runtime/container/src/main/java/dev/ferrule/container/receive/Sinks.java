package dev.ferrule.container.receive;

import dev.ferrule.container.endpoint.MessageShape.Kind;
import jakarta.websocket.MessageHandler;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The sinks of a session: at most one for each kind of message (WSC-2.1.3-1), and behind it one that yields.
 *
 * <p>Threading: any thread; a reader sees what was added before.
 */
public final class Sinks {
    private static final int KINDS = Kind.values().length;

    /** By kind; behind them, in the same order, those that yield. */
    private final AtomicReferenceArray<@Nullable MessageSink> sinks = new AtomicReferenceArray<>(2 * KINDS);

    /** The sink for a kind, or null when nobody wants such messages. */
    public @Nullable MessageSink get(Kind kind) {
        MessageSink first = sinks.get(kind.ordinal());
        return first == null ? sinks.get(KINDS + kind.ordinal()) : first;
    }

    private static int place(MessageSink sink) {
        return sink.shape().kind().ordinal() + (sink.shape().yields() ? KINDS : 0);
    }

    /**
     * Adds sinks: all or none.
     *
     * @throws IllegalStateException when there is one already for one of their kinds
     */
    public synchronized void add(List<MessageSink> added) {
        for (MessageSink sink : added) {
            if (!sink.shape().yields() && sinks.get(place(sink)) != null) {
                throw new IllegalStateException("The session has a handler for "
                        + sink.shape().kind().name().toLowerCase(Locale.ROOT) + " messages already; remove it first");
            }
        }
        added.forEach(sink -> sinks.set(place(sink), sink));
    }

    /** Removes the sinks of a handler; one that never was there is ignored. */
    public synchronized void remove(MessageHandler handler) {
        for (int i = 0; i < sinks.length(); i++) {
            MessageSink sink = sinks.get(i);
            if (sink != null && sink.handler() == handler) {
                sinks.set(i, null);
            }
        }
    }

    /** The handlers that the application added, as an unmodifiable copy. */
    public Set<MessageHandler> handlers() {
        Set<MessageHandler> handlers = new LinkedHashSet<>();
        for (int i = 0; i < sinks.length(); i++) {
            MessageSink sink = sinks.get(i);
            if (sink != null && sink.handler() != null) {
                handlers.add(sink.handler());
            }
        }
        return Collections.unmodifiableSet(handlers);
    }
}
