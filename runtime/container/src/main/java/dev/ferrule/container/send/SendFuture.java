package dev.ferrule.container.send;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A send whose sender may wait: what the futures of {@code RemoteEndpoint.Async} are, and what blocking sends wait for. */
final class SendFuture extends SendCompletion implements Future<@Nullable Void> {
    private final CountDownLatch done = new CountDownLatch(1);
    private final @Nullable Runnable whenWritten;
    private final Consumer<BooleanSupplier> beforeWait;
    private volatile @Nullable Throwable failure;

    /**
     * A send that has begun.
     *
     * @param whenWritten runs before the waiters go on when the send succeeded; must not block
     * @param beforeWait told by a thread that is about to wait what it waits for
     */
    SendFuture(@Nullable Runnable whenWritten, Consumer<BooleanSupplier> beforeWait) {
        this.whenWritten = whenWritten;
        this.beforeWait = beforeWait;
    }

    @Override
    void report(@Nullable Throwable outcome) {
        if (outcome == null && whenWritten != null) {
            whenWritten.run();
        }
        failure = outcome;
        done.countDown();
    }

    /** What failed, or null when nothing has so far. */
    @Nullable
    Throwable failureSoFar() {
        return failure;
    }

    /** Waits for the outcome: null for written. */
    @Nullable
    Throwable await() throws InterruptedException {
        if (!isDone()) {
            beforeWait.accept(this::isDone);
        }
        done.await();
        return failure;
    }

    /** A send cannot be taken back. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public @Nullable Void get() throws InterruptedException, ExecutionException {
        return outcome(await());
    }

    @Override
    public @Nullable Void get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone()) {
            beforeWait.accept(this::isDone);
        }
        if (!done.await(timeout, unit)) {
            throw new TimeoutException("The message has not been written within " + timeout + " " + unit);
        }
        return outcome(failure);
    }

    private static @Nullable Void outcome(@Nullable Throwable failure) throws ExecutionException {
        if (failure != null) {
            throw new ExecutionException(failure);
        }
        return null;
    }

    @Override
    public boolean isDone() {
        return done.getCount() == 0;
    }
}
