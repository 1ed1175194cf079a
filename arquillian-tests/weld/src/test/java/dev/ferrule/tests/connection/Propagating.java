package dev.ferrule.tests.connection;

import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.context.ThreadContext;

/** Goes on on a thread of its own, with what MicroProfile Context Propagation carries there. */
@ServerEndpoint("/propagating")
public class Propagating {
    private static final Executor THREADS = task -> new Thread(task).start();

    @Inject
    Draft draft;

    @OnMessage
    void on(String message, Session session) {
        draft.append(message);
        ThreadContext everything = ThreadContext.builder().build();
        ThreadContext nothing = ThreadContext.builder()
                .propagated()
                .cleared(ThreadContext.ALL_REMAINING)
                .build();
        CompletableFuture.supplyAsync(everything.contextualSupplier(() -> draft.append("+carried")), THREADS)
                .thenApplyAsync(
                        everything.contextualFunction(text ->
                                nothing.contextualSupplier(this::outcome).get() + text + this.outcome()),
                        THREADS)
                .thenAccept(session.getAsyncRemote()::sendText);
    }

    private String outcome() {
        try {
            draft.append("");
            return " in a connection ";
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName() + " ";
        }
    }
}
