package dev.ferrule.container.send;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The send of what a callback returned. While the callback is still being served, a failure is its own and is thrown there; a
 * later one is told to the session. So none is lost when the connection ends just between.
 */
final class ReturnedSend extends SendCompletion {
    private final SendQueue queue;
    private boolean served;
    private @Nullable Throwable early;

    ReturnedSend(SendQueue queue) {
        this.queue = queue;
    }

    @Override
    void report(@Nullable Throwable failure) {
        if (failure != null && !keep(failure)) {
            queue.returnedIsLost(failure);
        }
    }

    private synchronized boolean keep(Throwable failure) {
        early = served ? early : failure;
        return !served;
    }

    /** The callback has been served: throws what has failed until now. */
    synchronized void served() throws IOException {
        served = true;
        if (early != null) {
            throw new IOException(early.getMessage(), early);
        }
    }
}
