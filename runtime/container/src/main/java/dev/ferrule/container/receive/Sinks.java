package dev.ferrule.container.receive;

import dev.ferrule.container.endpoint.MessageShape.Kind;
import jakarta.websocket.MessageHandler;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sinks of a session: at most one for each kind of message (WSC-2.1.3-1), and behind it one that yields. Immutable: few, and
 * seldom changed, so that sessions share them until they add handlers of their own.
 */
public final class Sinks {
    private final List<MessageSink> sinks;

    /** The sinks of a new session. */
    public Sinks(List<MessageSink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    /** The sink for a kind, or null when nobody wants such messages. */
    public @Nullable MessageSink get(Kind kind) {
        MessageSink yielding = null;
        for (int i = 0; i < sinks.size(); i++) {
            MessageSink sink = sinks.get(i);
            if (sink.shape().kind() == kind) {
                if (!sink.shape().yields()) {
                    return sink;
                }
                yielding = sink;
            }
        }
        return yielding;
    }

    /**
     * These and others: all or none. Of those that yield, the last counts.
     *
     * @throws IllegalStateException when there is one already for one of their kinds
     */
    public Sinks with(List<MessageSink> added) {
        for (MessageSink sink : added) {
            if (!sink.shape().yields()
                    && sinks.stream().anyMatch(other -> isFor(sink.shape().kind(), other))) {
                throw new IllegalStateException("The session has a handler for "
                        + sink.shape().kind().name().toLowerCase(Locale.ROOT) + " messages already; remove it first");
            }
        }
        return new Sinks(Stream.concat(sinks.stream(), added.stream()).toList());
    }

    private static boolean isFor(Kind kind, MessageSink sink) {
        return sink.shape().kind() == kind && !sink.shape().yields();
    }

    /** These without those of a handler; one that never was there is ignored. */
    public Sinks without(MessageHandler handler) {
        return new Sinks(sinks.stream()
                .filter(sink -> sink.handler() == null || sink.handler() != handler)
                .toList());
    }

    /** The handlers that the application added, as an unmodifiable copy. */
    public Set<MessageHandler> handlers() {
        Set<MessageHandler> handlers = new LinkedHashSet<>();
        for (MessageSink sink : sinks) {
            if (sink.handler() != null) {
                handlers.add(sink.handler());
            }
        }
        return Collections.unmodifiableSet(handlers);
    }
}
