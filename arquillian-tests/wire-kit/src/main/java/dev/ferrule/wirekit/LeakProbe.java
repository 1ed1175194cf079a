package dev.ferrule.wirekit;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a test left something behind: open sockets and files, Ferrule's threads, exceptions that nobody caught, and
 * whatever else the test can count.
 *
 * <pre>{@code
 * LeakProbe probe = LeakProbe.start().with("queued bytes", budget::used);
 * // ... start, talk, stop ...
 * probe.awaitRestored();
 * }</pre>
 *
 * <p>A gauge is restored when it is not above what it was at the start; less is no leak. Sockets and files are counted where
 * the system has {@code /proc}, without those that a JVM opens for itself and keeps.
 *
 * <p>Threading: sockets and threads belong to the whole process, so nothing else may run beside a probed test. One thread
 * owns a probe, and probes end in the reverse order of their starts. From {@link #start} to {@link #awaitRestored} the
 * process's default handler of uncaught exceptions is the probe's; the earlier one still gets each exception.
 *
 * <p>Failure: what is not restored in time, five seconds unless {@link #deadline} says otherwise, is an {@link AssertionError}
 * that lists every gauge before and after.
 */
public final class LeakProbe {
    /** What the engine, the container and the transports name their threads. */
    private static final String OUR_THREADS = "ferrule-";

    /** A pool's threads, which may outlive their work by the pool's idle time. */
    private static final String POOLED_THREADS = "ferrule-callback";

    /** Closing crosses several threads; on a busy machine each of them may wait long for its turn. */
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

    /** Short against any test, long against what reading the gauges costs. */
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private final List<Gauge> gauges = new ArrayList<>();
    private final Set<String> openBefore = Descriptors.open();
    private final Set<Thread> threadsBefore = ourThreads();
    private final List<String> uncaught = new CopyOnWriteArrayList<>();
    private final @Nullable UncaughtExceptionHandler earlier = Thread.getDefaultUncaughtExceptionHandler();
    private Duration deadline = DEFAULT_DEADLINE;

    private LeakProbe() {}

    /** Takes the snapshot and starts to listen for uncaught exceptions. */
    public static LeakProbe start() {
        LeakProbe probe = new LeakProbe();
        Thread.setDefaultUncaughtExceptionHandler(probe::caught);
        return probe;
    }

    /**
     * Watches one thing more, from its value now.
     *
     * @param name what is counted, for the message
     * @param gauge how much of it there is; called often, from the thread that owns the probe
     */
    public LeakProbe with(String name, LongSupplier gauge) {
        gauges.add(new Gauge(name, gauge, gauge.getAsLong()));
        return this;
    }

    /** Sets how long {@link #awaitRestored} waits. */
    public LeakProbe deadline(Duration value) {
        deadline = value;
        return this;
    }

    /** Waits until everything is as it was, and fails with the whole list when it is not in time. Ends the probe. */
    public void awaitRestored() {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (!isRestored() && uncaught.isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (!isRestored() || !uncaught.isEmpty()) {
                throw new AssertionError(report());
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(earlier);
        }
    }

    private boolean isRestored() {
        return gauges.stream().allMatch(Gauge::isRestored)
                && openBefore.containsAll(Descriptors.open())
                && threadsBefore.containsAll(ourThreads());
    }

    private String report() {
        List<String> lines = new ArrayList<>();
        lines.add("Something was left behind; waited up to " + deadline.toMillis() + " ms for it to go");
        for (Gauge gauge : gauges) {
            long now = gauge.value.getAsLong();
            lines.add(line(gauge.name, gauge.before, now, now > gauge.before));
        }
        Set<String> open = Descriptors.open();
        lines.add(line("sockets and files", sorted(openBefore), sorted(open), !openBefore.containsAll(open)));
        Set<Thread> threads = ourThreads();
        lines.add(line("threads", names(threadsBefore), names(threads), !threadsBefore.containsAll(threads)));
        lines.add(line("uncaught exceptions", List.of(), uncaught, !uncaught.isEmpty()));
        return String.join("\n", lines);
    }

    private static String line(String name, Object before, Object after, boolean leaked) {
        return "  " + name + ": before " + before + ", after " + after + (leaked ? "  <- left behind" : "");
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static List<String> names(Set<Thread> threads) {
        return threads.stream().map(Thread::getName).sorted().toList();
    }

    private static Set<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread.getName().startsWith(OUR_THREADS))
                .filter(thread -> !thread.getName().startsWith(POOLED_THREADS))
                .collect(Collectors.toUnmodifiableSet());
    }

    private void caught(Thread thread, Throwable exception) {
        uncaught.add(thread.getName() + ": " + exception);
        if (earlier != null) {
            earlier.uncaughtException(thread, exception);
        }
    }

    private record Gauge(String name, LongSupplier value, long before) {
        boolean isRestored() {
            return value.getAsLong() <= before;
        }
    }
}
