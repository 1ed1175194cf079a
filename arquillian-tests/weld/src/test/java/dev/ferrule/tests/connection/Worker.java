package dev.ferrule.tests.connection;

import dev.ferrule.cdi.InConnection;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Goes on elsewhere, and is still in its connection there. */
@ServerEndpoint("/worker")
public class Worker {
    @Inject
    @InConnection
    Executor executor;

    @Inject
    Draft draft;

    @Inject
    Session current;

    @Inject
    Ledger ledger;

    @Inject
    Gate gate;

    @OnMessage
    void on(String message, Session session) {
        if (message.equals("late")) {
            executor.execute(() -> {
                gate.await();
                ledger.add("late: " + draft.append("late"));
            });
            return;
        }
        draft.append(message);
        Thread callback = Thread.currentThread();
        AtomicBoolean running = new AtomicBoolean(true);
        CompletableFuture.supplyAsync(() -> draft.append("+task"), executor)
                .thenApplyAsync(text -> text + " " + !(Thread.currentThread() == callback && running.get()), executor)
                .thenAcceptAsync(text -> current.getAsyncRemote().sendText(text), executor);
        running.set(false);
    }

    @OnClose
    void close() {
        ledger.add("closed");
    }
}
