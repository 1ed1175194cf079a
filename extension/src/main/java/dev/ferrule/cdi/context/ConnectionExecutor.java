package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.CallbackScope;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in the connection of the thread that hands them over, and with its class loader. The connection lives until its last
 * task has ended.
 *
 * <p>Threading: any thread.
 */
public final class ConnectionExecutor implements Executor {
    private final ConnectionContexts contexts;
    private final Executor threads;

    /**
     * An executor.
     *
     * @param threads run the tasks
     */
    public ConnectionExecutor(ConnectionContexts contexts, Executor threads) {
        this.contexts = contexts;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        ConnectionLife current = contexts.current();
        ConnectionLife held = current != null && current.hold() ? current : null;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        boolean accepted = false;
        try {
            threads.execute(() -> run(task, held, loader));
            accepted = true;
        } finally {
            if (!accepted && held != null) {
                held.release();
            }
        }
    }

    private static void run(Runnable task, @Nullable ConnectionLife connection, ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            if (connection == null) {
                task.run();
                return;
            }
            try (CallbackScope.Activation active = connection.enter()) {
                task.run();
            } finally {
                connection.release();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
