package dev.ferrule.container.send;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all queues of a container may hold together: many peers that read slowly must not fill the heap, though each stays
 * below its cap. Threading: any thread.
 */
public final class SendBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** A budget of that many bytes. */
    public SendBudget(long most) {
        this.most = most;
    }

    /** Whether this many bytes more are within the budget. */
    boolean allows(long bytes) {
        return held.get() + bytes <= most;
    }

    /** Bytes were queued, or have left when negative. */
    void add(long bytes) {
        held.addAndGet(bytes);
    }

    /** The bytes that wait in all queues. */
    public long heldBytes() {
        return held.get();
    }

    long most() {
        return most;
    }
}
