package dev.ferrule.transport.netty.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A group of event loops that run callbacks which may block: {@link #runCallback} takes them.
 *
 * <p>Life cycle: threads start with the first task of a loop. After the group's own shutdown, {@link #endThreads} ends what
 * is left of them.
 */
public final class RoleLoops extends MultiThreadIoEventLoopGroup {
    private final RoleThreads threads;
    private final Executor handOff;

    /** What {@link #newChild}, which Netty calls before this class has any field, needs. */
    private record Made(RoleThreads threads, Executor handOff) {}

    /**
     * A group.
     *
     * @param loops how many loops it has
     * @param mostDetached how many callbacks may take long on threads of this group; beyond, all go to {@code handOff}
     * @param handOff runs callbacks that come from other threads, and those for which there is no thread left
     */
    public RoleLoops(int loops, int mostDetached, Executor handOff, IoHandlerFactory factory) {
        this(loops, new Made(new RoleThreads(mostDetached), handOff), factory);
    }

    private RoleLoops(int loops, Made made, IoHandlerFactory factory) {
        super(loops, (Executor) Runnable::run, factory, made);
        this.threads = made.threads;
        this.handOff = made.handOff;
    }

    @Override
    protected IoEventLoop newChild(Executor unused, IoHandlerFactory factory, @Nullable Object... made) {
        Made parts = (Made) made[0];
        if (parts == null) {
            throw new IllegalStateException("Nothing to make a loop of");
        }
        return new RoleLoop(this, parts.threads, parts.handOff, factory);
    }

    /**
     * Runs a callback that may block. On the thread of a loop: by that loop, when its current poll or callback is over; on any
     * other thread: by the executor for that, or, when there is no thread for it, by a loop.
     */
    public void runCallback(Runnable callback) {
        RoleLoop loop = served();
        if (loop == null || !loop.later((RoleThread) Thread.currentThread(), callback)) {
            try {
                handOff.execute(callback);
            } catch (OutOfMemoryError noThread) {
                next().execute(() -> runCallback(callback));
            }
        }
    }

    /** Whether the current thread has the role of one of these loops, and must not wait. */
    public boolean isCurrentThread() {
        RoleLoop loop = served();
        return loop != null && loop.inEventLoop();
    }

    /** The current thread is about to wait until something is done; see {@link RoleLoop#beforeWait}. */
    public static void beforeWait(BooleanSupplier done) {
        RoleLoop.beforeWait(done);
    }

    /** When the group has been shut down: ends idle threads, and interrupts callbacks that still run. */
    public void endThreads() {
        threads.close();
    }

    /** The loop of this group that the current thread serves, if perhaps it has lost its role. */
    private @Nullable RoleLoop served() {
        RoleLoop loop = Thread.currentThread() instanceof RoleThread self ? self.serving() : null;
        return loop == null || loop.parent() != this ? null : loop;
    }
}
