package dev.ferrule.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of work allocates on this thread: the oracle that needs no clock. */
public final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** The bytes that the work allocated, the least of three runs: a class loaded in between counts once only. */
    public static long of(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            least = Math.min(least, once(work));
        }
        return least;
    }

    /** The bytes that one run allocated. */
    public static long once(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
