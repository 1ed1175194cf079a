package dev.ferrule.transport.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop that have only so long for what they do: looked at ten times a second while there are any. A
 * timer for each of them would cost a handshake more than its parsing. Confined to the loop.
 */
final class Deadlines {
    private static final long TICK_MILLIS = 100;

    private final EventExecutor loop;
    private final Set<Waiting> all = new HashSet<>();
    private boolean ticking;

    /** Who has a deadline; compared by identity. */
    interface Waiting {
        /** By {@link System#nanoTime()}. */
        long deadline();

        /** The deadline has passed. */
        void late();
    }

    Deadlines(EventExecutor loop) {
        this.loop = loop;
    }

    /** From now on the deadline counts. Idempotent. */
    void add(Waiting waiting) {
        all.add(waiting);
        tickLater();
    }

    /** It does not count any more. Idempotent. */
    void remove(Waiting waiting) {
        all.remove(waiting);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a loop that ends closes its channels
    private void tickLater() {
        if (!ticking && !all.isEmpty() && !loop.isShuttingDown()) {
            ticking = true;
            loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        List<Waiting> late = new ArrayList<>(0);
        for (Waiting waiting : all) {
            if (now - waiting.deadline() >= 0) {
                late.add(waiting);
            }
        }
        late.forEach(all::remove); // not removeAll, which is quadratic when all are late
        ticking = false;
        tickLater();
        late.forEach(Waiting::late);
    }
}
