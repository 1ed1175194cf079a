package dev.ferrule.transport.netty.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An event loop as a role that one thread has at a time. That thread polls, lets channels parse and queue, runs tasks, and
 * then, outside of any handler, the callbacks of the application that were queued meanwhile, which may block: before each of
 * them it offers its role, and afterwards it takes it back. When nobody has taken it, which is nearly always, a callback has
 * cost two writes to memory and no hand-over. When a callback takes too long, {@link Watch} has another thread take the role
 * and go on; the first one finds its role gone and is a plain callback thread until it is done.
 *
 * <p>Threading: everything that is not said to be for any thread is confined to the thread that has the role.
 * {@link #inEventLoop(Thread)} is false for a thread that offers its role: what a callback submits is run when it is over, or
 * by the next owner before that one polls, so that it stays in order.
 */
final class RoleLoop extends AbstractScheduledEventExecutor implements IoEventLoop {
    private static final Logger LOG = System.getLogger("dev.ferrule.transport.netty");

    /** So many tasks run before the loop polls again: those that submit themselves anew must not keep it from that. */
    private static final int TASKS_AT_A_TIME = 4096;

    private static final AtomicLongFieldUpdater<RoleLoop> BEGUN =
            AtomicLongFieldUpdater.newUpdater(RoleLoop.class, "begun");

    private static final int RUNNING = 0;
    private static final int SHUTTING_DOWN = 1;
    private static final int SHUT_DOWN = 2;
    private static final int TERMINATED = 3;

    private final Role<RoleThread> role = new Role<>();

    private final IoEventLoopGroup group;
    private final RoleThreads threads;
    private final Executor handOff;
    private final IoHandler handler;

    /** What others have submitted, and {@link #own} does not have yet. */
    private final Queue<Runnable> submitted = new ConcurrentLinkedQueue<>();

    private final ArrayDeque<Runnable> own = new ArrayDeque<>();
    private final ArrayDeque<Runnable> callbacks = new ArrayDeque<>();
    private final Promise<?> termination = new DefaultPromise<Void>(GlobalEventExecutor.INSTANCE);
    private final IoHandlerContext polling = new Polling();

    /** One look at the sockets; whatever a handler lets escape, even an {@code Error}, must not end the only thread of the loop. */
    private final Runnable poll = this::poll;

    private boolean initialized;

    /** What the last callback is like. */
    private Object kind = this;

    /** Something may be in {@link #submitted}: cheaper to ask than that queue. Set behind what is added, cleared before it is looked for. */
    private volatile boolean othersWait;

    private volatile int state = RUNNING;

    /** Read by the watch: how many callbacks were begun. */
    private volatile long begun;

    /**
     * A loop without a thread; it gets one with its first task.
     *
     * @param handOff runs callbacks where this loop should not
     */
    RoleLoop(IoEventLoopGroup group, RoleThreads threads, Executor handOff, IoHandlerFactory factory) {
        super(group);
        this.group = group;
        this.threads = threads;
        this.handOff = handOff;
        this.handler = factory.newHandler(this);
        threads.add(this);
    }

    // The role

    @Override
    public boolean inEventLoop(Thread thread) {
        return role.isHeldBy(thread);
    }

    /** The offer that stands, or null. Any thread. */
    Role.@Nullable Offer<RoleThread> offered() {
        return role.offered();
    }

    /** How many callbacks were begun. Any thread. */
    long callbacksBegun() {
        return begun;
    }

    /**
     * Has another thread take the role if the offer still stands. Any thread.
     *
     * @param suspect how many callbacks had been begun when the last one of them was found to block
     * @param waits whether it waits, and is not only slow
     */
    void takeOver(Role.Offer<RoleThread> offer, long suspect, boolean waits) {
        RoleThread taker = threads.borrow();
        threads.detaching();
        if (role.take(offer, taker)) {
            Object lost = kind;
            if (begun == suspect) {
                threads.blocks(lost, waits);
            }
            taker.serve(this);
            LOG.log(
                    Level.DEBUG,
                    () -> "Another thread takes an event loop: a callback of " + lost
                            + (waits ? " waits" : " takes long"));
        } else {
            threads.served(taker, false);
        }
    }

    private void start() {
        RoleThread first = threads.borrow();
        if (role.begin(first)) {
            first.serve(this);
        } else {
            threads.giveBack(first);
        }
    }

    /**
     * The current thread is about to wait. If it runs a callback of a loop whose role it still has, it does first what was
     * submitted, which may be what the wait is for; if not, another thread gets the role.
     */
    static void beforeWait(BooleanSupplier done) {
        if (Thread.currentThread() instanceof RoleThread self) {
            RoleLoop loop = self.serving();
            if (loop != null && loop.role.takeBack(self.offer)) {
                loop.beforeWait(self, done);
            }
        }
    }

    private void beforeWait(RoleThread self, BooleanSupplier done) {
        RoleThread next = null;
        try {
            runTasks();
            if (!done.getAsBoolean()) {
                next = threads.borrow();
            }
        } finally {
            if (next == null) {
                role.offer(self.offer);
            } else {
                threads.detaching();
                threads.blocks(kind, true);
                role.pass(next);
                next.serve(this);
            }
        }
    }

    /**
     * Runs a callback when the current poll or callback is over.
     *
     * @param self the current thread
     * @return false when it has lost the role, and nothing was done
     */
    boolean later(RoleThread self, Runnable callback) {
        boolean polls = inEventLoop(self);
        if (!polls && !role.takeBack(self.offer)) {
            return false;
        }
        callbacks.add(callback);
        if (!polls) {
            role.offer(self.offer);
        }
        return true;
    }

    /**
     * Serves this loop until it ends or the role is lost.
     *
     * @return whether the role was kept
     */
    boolean serve(RoleThread self) {
        if (!initialized) {
            initialized = true;
            handler.initialize();
        }
        handOffAll();
        while (true) {
            runTasks();
            if (!runCallbacks(self)) {
                return false;
            }
            if (state != RUNNING) {
                terminate();
                return true;
            }
            runSafely(poll);
        }
    }

    private void poll() {
        handler.run(polling);
    }

    /** Runs the callbacks that were queued until now; false when the role was lost in one of them. */
    private boolean runCallbacks(RoleThread self) {
        if (callbacks.isEmpty()) {
            return true;
        }
        for (int left = callbacks.size(); left > 0; left--) {
            Runnable next = callbacks.remove();
            kind = Blockers.kindOf(next);
            if (threads.isUnwanted(kind) && handOff(next)) {
                continue;
            }
            BEGUN.lazySet(this, begun + 1); // only who has the role counts, and the offer below shows it to others
            self.begin(left == 1);
            role.offer(self.offer);
            threads.watch();
            runSafely(next);
            if (!role.takeBack(self.offer)) {
                return false;
            }
        }
        runTasks();
        return true;
    }

    /** Callbacks that waited behind one that blocked have waited long enough, and what comes together often blocks alike. */
    private void handOffAll() {
        for (int left = callbacks.size(); left > 0; left--) {
            Runnable next = callbacks.remove();
            if (!handOff(next)) {
                callbacks.add(next);
            }
        }
    }

    /** Whether the callback is off this loop's hands. If not, for want of a thread, it is better run here than nowhere. */
    private boolean handOff(Runnable callback) {
        try {
            handOff.execute(callback);
            return true;
        } catch (RejectedExecutionException ended) {
            LOG.log(Level.DEBUG, "A callback is lost, the container has ended", ended);
            return true;
        } catch (Throwable noThread) {
            return false;
        }
    }

    private static void runSafely(Runnable work) {
        try {
            work.run();
        } catch (Throwable thrown) {
            try {
                LOG.log(Level.ERROR, "A task of an event loop failed", thrown);
            } catch (Throwable unwritten) {
                // There is nobody left to tell.
            }
        }
    }

    // Tasks

    @Override
    public void execute(Runnable task) {
        if (inEventLoop()) {
            if (state >= SHUT_DOWN) {
                throw new RejectedExecutionException("The event loop has ended");
            }
            own.add(task);
            return;
        }
        if (Thread.currentThread() instanceof RoleThread self
                && self.serving() == this
                && executeMeanwhile(self, task)) {
            return;
        }
        submitted.add(task);
        othersWait = true;
        if (state >= SHUT_DOWN && submitted.remove(task)) {
            throw new RejectedExecutionException("The event loop has ended");
        }
        try {
            wake();
        } catch (OutOfMemoryError noThread) {
            if (submitted.remove(task)) { // else somebody has come for it
                throw noThread;
            }
        }
    }

    /**
     * Takes a task of a callback behind those that wait, without the price of a queue for all threads. Runs what the last callback
     * of this turn has submitted so far when that is enough, as one does that sends to many: each connection is written to while
     * it is still in the processor's cache, and the first peer need not wait until the last one's message is encoded. Earlier
     * callbacks leave their tasks for the end of the turn, when what several of them have sent goes out together.
     *
     * @return false when this thread has lost the role, or others' tasks wait: then nothing was done
     */
    private boolean executeMeanwhile(RoleThread self, Runnable task) {
        if (othersWait || !role.takeBack(self.offer)) {
            return false;
        }
        try {
            own.add(task);
            if (self.hasSubmittedEnough()) {
                runTasks();
            }
        } finally {
            role.offer(self.offer);
        }
        return true;
    }

    /** Sees to it that what was submitted is run: whoever takes an offered role looks for it by himself. */
    private void wake() {
        if (role.isHeld()) {
            handler.wakeup();
        } else if (role.isNew()) {
            start();
        }
    }

    private boolean hasTasks() {
        return !own.isEmpty() || othersWait;
    }

    private void runTasks() {
        fetchFromScheduledTaskQueue(own);
        if (othersWait) {
            takeSubmitted();
        }
        for (int left = TASKS_AT_A_TIME; left > 0; left--) {
            Runnable task = own.poll();
            if (task == null) {
                return;
            }
            runSafely(task);
        }
    }

    private void takeSubmitted() {
        othersWait = false;
        for (int left = TASKS_AT_A_TIME; left > 0; left--) {
            Runnable task = submitted.poll();
            if (task == null) {
                return;
            }
            own.add(task);
        }
        othersWait = true; // so many come at once that the rest waits for the next turn
    }

    // Channels

    @Override
    public IoEventLoop next() {
        return this;
    }

    @Override
    public IoEventLoopGroup parent() {
        return group;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    @Deprecated
    public ChannelFuture register(ChannelPromise promise) {
        return register(promise.channel(), promise);
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        try {
            // Not inside of what accepts: the JIT took both for one, and more memory for it than for anything else.
            execute(new Registering(this, channel, promise));
        } catch (RejectedExecutionException ended) {
            channel.unsafe().closeForcibly();
            promise.setFailure(ended);
        }
        return promise;
    }

    /** No lambda, whose body the JIT would compile alone, and again with what calls it. */
    private record Registering(RoleLoop loop, Channel channel, ChannelPromise promise) implements Runnable {
        @Override
        public void run() {
            channel.unsafe().register(loop, promise);
        }
    }

    @Override
    public Future<IoRegistration> register(IoHandle handle) {
        Promise<IoRegistration> registered = newPromise();
        if (inEventLoop()) {
            register(handle, registered);
        } else {
            execute(() -> register(handle, registered));
        }
        return registered;
    }

    private void register(IoHandle handle, Promise<IoRegistration> registered) {
        IoRegistration registration;
        try {
            registration = handler.register(handle);
        } catch (Exception e) {
            registered.setFailure(e);
            return;
        }
        registered.setSuccess(registration);
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }

    @Override
    public boolean isIoType(Class<? extends IoHandler> handlerType) {
        return handler.getClass() == handlerType;
    }

    // The end

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        synchronized (termination) {
            if (state == RUNNING) {
                state = SHUTTING_DOWN;
            }
        }
        wake();
        return termination;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // Netty's own deprecation
    public void shutdown() {
        shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /** Closes what is registered, runs what was submitted, and takes nothing more. */
    private void terminate() {
        cancelScheduledTasks();
        handler.prepareToDestroy();
        runTasks();
        state = SHUT_DOWN;
        while (hasTasks()) {
            runTasks();
        }
        handOffAll();
        for (Runnable left = callbacks.poll(); left != null; left = callbacks.poll()) {
            runSafely(left); // there was no thread for it
        }
        handler.destroy();
        role.end();
        state = TERMINATED;
        termination.setSuccess(null);
    }

    @Override
    public Future<?> terminationFuture() {
        return termination;
    }

    @Override
    public boolean isShuttingDown() {
        return state != RUNNING;
    }

    @Override
    public boolean isShutdown() {
        return state >= SHUT_DOWN;
    }

    @Override
    public boolean isTerminated() {
        return state == TERMINATED;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return termination.await(timeout, unit);
    }

    /** What the handler of I/O asks before it polls. */
    private final class Polling implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return !hasTasks() && callbacks.isEmpty() && state == RUNNING && !hasScheduledTasks();
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return RoleLoop.this.delayNanos(currentTimeNanos, TimeUnit.SECONDS.toNanos(1));
        }

        @Override
        public long deadlineNanos() {
            return nextScheduledTaskDeadlineNanos();
        }
    }
}
