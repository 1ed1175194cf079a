package dev.ferrule.container.client;

/**
 * Time that passes without a thread of ours: the JDK has one timer for all, a daemon. It starts with its first use, by whoever
 * that is, and keeps that caller's context class loader for ever: so it must be ours, and no application's.
 */
final class Delays {
    private Delays() {}

    /** Runs what begins a delay, such as {@code CompletableFuture.orTimeout}. */
    static void begin(Runnable beginning) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Delays.class.getClassLoader());
        try {
            beginning.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
