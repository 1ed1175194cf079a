package dev.ferrule.container.send;

import dev.ferrule.container.spi.TransportConnection;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A send whose sender may wait: what the futures of {@code RemoteEndpoint.Async} are, and what blocking sends wait for. */
final class SendFuture extends SendCompletion implements Future<@Nullable Void> {
    private static final AtomicReferenceFieldUpdater<SendFuture, @Nullable CountDownLatch> LATCH =
            AtomicReferenceFieldUpdater.newUpdater(SendFuture.class, CountDownLatch.class, "latch");

    private final @Nullable Runnable whenWritten;
    private final TransportConnection connection;
    private volatile boolean done;
    private volatile @Nullable Throwable failure;

    /** Opens when this is done; null until somebody waits, as nearly nobody does for the futures of an asynchronous remote. */
    private volatile @Nullable CountDownLatch latch;

    /**
     * A send that has begun.
     *
     * @param whenWritten runs before the waiters go on when the send succeeded; must not block
     * @param connection is told by a thread that is about to wait
     */
    SendFuture(@Nullable Runnable whenWritten, TransportConnection connection) {
        this.whenWritten = whenWritten;
        this.connection = connection;
    }

    @Override
    void report(@Nullable Throwable reason) {
        if (reason == null && whenWritten != null) {
            whenWritten.run();
        }
        failure = reason;
        done = true;
        CountDownLatch waited = latch; // who sets it later finds that this is done
        if (waited != null) {
            waited.countDown();
        }
    }

    /** What a thread that is about to wait is to wait for; tells the connection. */
    private CountDownLatch prepareToWait() {
        connection.beforeWait(this::isDone);
        LATCH.compareAndSet(this, null, new CountDownLatch(1));
        CountDownLatch common = Objects.requireNonNull(latch);
        if (done) {
            common.countDown();
        }
        return common;
    }

    /** What failed, or null when nothing has so far. */
    @Nullable
    Throwable failureSoFar() {
        return failure;
    }

    /** Waits for the outcome: null for written. */
    @Nullable
    Throwable await() throws InterruptedException {
        if (failure == null && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!done) {
            prepareToWait().await();
        }
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
        return check(await());
    }

    @Override
    public @Nullable Void get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!done && !prepareToWait().await(timeout, unit)) {
            throw new TimeoutException("The message has not been written within " + timeout + " " + unit);
        }
        return check(failure);
    }

    private static @Nullable Void check(@Nullable Throwable failure) throws ExecutionException {
        if (failure != null) {
            throw new ExecutionException(failure);
        }
        return null;
    }

    @Override
    public boolean isDone() {
        return done;
    }
}
