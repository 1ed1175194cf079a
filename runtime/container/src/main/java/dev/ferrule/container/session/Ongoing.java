package dev.ferrule.container.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a container has begun as a client and must end when it is closed: attempts to connect, sessions, waits before the next
 * attempt. Threading: any thread.
 */
public final class Ongoing {
    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Something that goes on until it ends by itself, and then removes itself. */
    public interface Entry {
        /**
         * Ends it. Called at most once, possibly when it has just ended by itself; does not block.
         *
         * @return completes when it has ended
         */
        CompletableFuture<?> end();
    }

    /** Remembers an entry; false, when the container is closed: then it is not remembered and must not go on. */
    public boolean add(Entry entry) {
        entries.add(entry);
        // Whoever closes looks at the entries after the flag is set: one of the two sees the other.
        return !closed || !entries.remove(entry);
    }

    /** The entry has ended. */
    public void remove(Entry entry) {
        entries.remove(entry);
    }

    /** Whether the container is closed. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Ends every entry and takes no more. Idempotent.
     *
     * @param graceMillis how long to wait for their ends
     */
    public void close(long graceMillis) {
        closed = true;
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (Entry entry : List.copyOf(entries)) {
            if (entries.remove(entry)) {
                ends.add(entry.end());
            }
        }
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(graceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // Whoever did not end in time is left to the transport's end and to the session's own timeouts.
        }
    }
}
