package dev.ferrule.container.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lends a waiting caller's thread to the steps it waits for, so that application code runs where {@code connectToServer} was
 * called and no second thread is needed. When the caller has gone, steps run elsewhere.
 */
final class CallerSteps implements Executor {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final Executor elsewhere;
    private boolean gone;

    CallerSteps(Executor elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    public void execute(Runnable step) {
        synchronized (this) {
            if (!gone) {
                steps.add(step);
                notifyAll();
                return;
            }
        }
        elsewhere.execute(step);
    }

    /**
     * Runs steps until the result is there.
     *
     * @param interrupted told when the thread is interrupted; it must complete the result
     */
    void runUntil(CompletableFuture<?> result, Consumer<InterruptedException> interrupted) {
        result.whenComplete((value, failure) -> wake());
        boolean wasInterrupted = false;
        while (!result.isDone()) {
            try {
                Runnable step = next(result);
                if (step != null) {
                    step.run();
                }
            } catch (InterruptedException e) {
                wasInterrupted = true;
                interrupted.accept(e);
            }
        }
        leave();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Runnable next(CompletableFuture<?> result) throws InterruptedException {
        while (steps.isEmpty() && !result.isDone()) {
            wait();
        }
        return steps.poll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void leave() {
        Deque<Runnable> left;
        synchronized (this) {
            gone = true;
            left = new ArrayDeque<>(steps);
            steps.clear();
        }
        left.forEach(elsewhere::execute);
    }
}
