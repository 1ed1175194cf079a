package dev.ferrule.container.session;

import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.coder.Encoded;
import dev.ferrule.container.send.Sender;
import jakarta.websocket.EncodeException;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One message on its way to many sessions. */
public final class Broadcasting {
    private final Object message;
    private final Executor callbacks;
    private final Map<Audience, Encoded> prepared = new HashMap<>();
    private final AtomicReferenceArray<@Nullable SendResult> results;
    private final AtomicInteger missing;
    private final CompletableFuture<List<SendResult>> outcome = new CompletableFuture<>();

    /** Those who get the same bytes: sessions with the same encoders and subprotocol. */
    private record Audience(CoderCatalog coders, String subprotocol) {}

    private Broadcasting(Object message, int receivers, Executor callbacks) {
        this.message = message;
        this.callbacks = callbacks;
        this.results = new AtomicReferenceArray<>(receivers);
        this.missing = new AtomicInteger(receivers);
    }

    /**
     * Sends an object to sessions, of this container or of others.
     *
     * @param callbacks completes the result
     */
    public static CompletionStage<List<SendResult>> send(
            Object message, Collection<? extends Session> sessions, Executor callbacks) {
        if (message == null) {
            throw new IllegalArgumentException("The message to broadcast is null");
        }
        List<Session> receivers = List.copyOf(sessions);
        if (receivers.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Broadcasting broadcasting = new Broadcasting(message, receivers.size(), callbacks);
        for (int i = 0; i < receivers.size(); i++) {
            broadcasting.sendTo(receivers.get(i), i);
        }
        return broadcasting.outcome;
    }

    private void sendTo(Session session, int index) {
        try {
            if (session instanceof FerruleSession own) {
                Sender sender = own.link().sender();
                sender.send(
                        prepare(own, sender),
                        own.sendTimeoutMillis(),
                        failure ->
                                completed(index, failure == null ? new SendResult(own) : new SendResult(own, failure)));
            } else {
                session.getAsyncRemote().sendObject(message, result -> completed(index, result));
            }
        } catch (EncodeException | IOException | RuntimeException failure) {
            completed(index, new SendResult(session, failure));
        }
    }

    private Encoded prepare(FerruleSession session, Sender sender) throws EncodeException, IOException {
        Audience audience =
                new Audience(session.link().endpoint().coders().catalog(), session.getNegotiatedSubprotocol());
        Encoded known = prepared.get(audience);
        if (known == null) {
            known = sender.prepare(message);
            prepared.put(audience, known);
        }
        return known;
    }

    /** The first result counts: a send that throws may have told its own before. */
    private void completed(int index, SendResult result) {
        if (!results.compareAndSet(index, null, result)) {
            return;
        }
        if (missing.decrementAndGet() == 0) {
            List<SendResult> all =
                    IntStream.range(0, results.length()).mapToObj(results::get).toList();
            try {
                callbacks.execute(() -> outcome.complete(all));
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                // The container has stopped, most often: nobody else runs what depends on the result.
                outcome.complete(all);
            }
        }
    }
}
