package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbackPoolTest {
    private static final int MOST = 4;

    private final CallbackPool pool =
            new CallbackPool(MOST, Duration.ofMillis(50).toNanos());
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        used.forEach(thread -> await().until(() -> !thread.isAlive()));
    }

    private CompletableFuture<Thread> run() {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        pool.execute(() -> {
            used.add(Thread.currentThread());
            ran.complete(Thread.currentThread());
        });
        return ran;
    }

    /** Occupies a thread until it is released or interrupted. */
    private void block() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        pool.execute(() -> {
            used.add(Thread.currentThread());
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Thread get(CompletableFuture<Thread> ran) throws Exception {
        return ran.get(10, TimeUnit.SECONDS);
    }

    @Test
    void idleThreadsAreUsedAgainBeforeMoreAreMade() throws Exception {
        CallbackPool large = new CallbackPool(1000, Duration.ofSeconds(10).toNanos());
        for (int i = 0; i < 200; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            large.execute(() -> {
                used.add(Thread.currentThread());
                ran.countDown();
            });
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
        large.shutdown();
        // Two, and one for each that had done its work but not come back yet.
        assertThat(used).hasSizeLessThan(20);
    }

    @Test
    void aTaskThatGotNoThreadIsNotRunLater() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CallbackPool poor = new CallbackPool(MOST, Duration.ofMillis(50).toNanos(), (work, name) -> {
            if (asked.incrementAndGet() == 1) {
                return new Thread(work, name) {
                    @Override
                    public void start() {
                        throw new OutOfMemoryError("no thread");
                    }
                };
            }
            return new Thread(work, name);
        });
        AtomicInteger ran = new AtomicInteger();
        assertThatThrownBy(() -> poor.execute(ran::incrementAndGet)).isInstanceOf(OutOfMemoryError.class);
        CountDownLatch second = new CountDownLatch(1);
        poor.execute(second::countDown);
        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        poor.shutdown();
        assertThat(poor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
    }

    @Test
    void withoutASpareThreadThoseThatThereAreGoOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CallbackPool poor = new CallbackPool(MOST, Duration.ofMillis(50).toNanos(), (work, name) -> {
            if (asked.incrementAndGet() > 1) {
                throw new OutOfMemoryError("heap");
            }
            return new Thread(work, name);
        });
        CountDownLatch ran = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            poor.execute(ran::countDown);
        }
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        poor.shutdown();
        assertThat(poor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(asked).hasValueGreaterThan(1);
    }

    @Test
    void noMoreThreadsThanAllowedAndNothingIsLost() throws Exception {
        for (int i = 0; i < MOST; i++) {
            block();
        }
        CompletableFuture<Thread> waits = run();
        CompletableFuture<Thread> waitsToo = run();
        assertThat(used).hasSize(MOST);
        assertThat(waits).isNotDone();
        release.countDown();
        get(waits);
        get(waitsToo);
        assertThat(used).hasSize(MOST);
    }

    @Test
    void theSpareThreadStaysAsLongAsAnotherIsBlocked() throws Exception {
        block();
        get(run());
        assertThat(release.await(200, TimeUnit.MILLISECONDS))
                .isFalse(); // four times as long as a thread waits for work
        assertThat(get(run()).getName()).isIn("ferrule-callback-2", "ferrule-callback-3");
    }

    @Test
    void threadsThatAreNotNeededEnd() throws Exception {
        Thread thread = get(run());
        await().atMost(Duration.ofSeconds(10)).until(() -> !thread.isAlive());
        assertThat(get(run())).isNotSameAs(thread);
    }

    @Test
    void whatThrowsDoesNotEndItsThread() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        CompletableFuture<Thread> threw = new CompletableFuture<>();
        pool.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> told.complete(thrown));
            threw.complete(Thread.currentThread());
            throw new IllegalStateException("on purpose");
        });
        assertThat(told.get(10, TimeUnit.SECONDS)).hasMessage("on purpose");
        assertThat(get(threw).isAlive()).isTrue();
        get(run());
    }

    @Test
    void afterItsShutdownWhatWasTakenStillRuns() throws Exception {
        for (int i = 0; i < MOST; i++) {
            block();
        }
        CompletableFuture<Thread> taken = run();
        pool.shutdown();
        assertThat(pool.isShutdown()).isTrue();
        assertThat(pool.isTerminated()).isFalse();
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        release.countDown();
        get(taken);
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void whatIsBlockedIsInterruptedAndWhatWaitedIsGivenBack() throws Exception {
        for (int i = 0; i < MOST; i++) {
            block();
        }
        CompletableFuture<Thread> waits = run();
        assertThat(pool.shutdownNow()).hasSize(1);
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(waits).isNotDone();
    }
}
