package dev.ferrule.transport.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.spi.KindOfCallback;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One loop, callbacks that block on its thread, and others that go on all the same. */
@Timeout(30)
class RoleLoopsTest {
    private static final int MOST_DETACHED = 3;

    private final ExecutorService fallback = Executors.newCachedThreadPool(work -> new Thread(work, "fallback"));
    private final RoleLoops loops = new RoleLoops(1, MOST_DETACHED, fallback, NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        loops.endThreads();
        fallback.shutdown();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** A callback like no other that the loop queues during its poll. */
    private void callback(Work work) {
        ofKind(new Object(), work);
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** Tries until it holds: on a busy machine any callback may lose its loop. */
    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    /** A callback like no other that has begun when this returns: what waits behind another one would go elsewhere. */
    private void begin(Work work) throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        callback(() -> {
            begun.complete(null);
            work.run();
        });
        get(begun);
    }

    private void ofKind(Object kind, Work work) {
        loop.execute(() -> loops.runCallback(new OfKind(kind, work)));
    }

    private record OfKind(Object kind, Work work) implements KindOfCallback {
        @Override
        public void run() {
            RoleLoopsTest.run(work);
        }
    }

    private static long roleThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(RoleThread.class::isInstance)
                .count();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Test
    void withoutAThreadToHandItToALoopRunsACallbackAndGoesOn() throws Exception {
        RoleLoops alone = new RoleLoops(
                1,
                0,
                work -> {
                    throw new OutOfMemoryError("no thread");
                },
                NioIoHandler.newFactory());
        try {
            CompletableFuture<Void> fromTheLoop = new CompletableFuture<>();
            CompletableFuture<Void> fromElsewhere = new CompletableFuture<>();
            CompletableFuture<Void> after = new CompletableFuture<>();
            alone.next().execute(() -> alone.runCallback(() -> fromTheLoop.complete(null)));
            get(fromTheLoop);
            alone.runCallback(() -> fromElsewhere.complete(null));
            get(fromElsewhere);
            alone.next().execute(() -> after.complete(null));
            get(after);
        } finally {
            alone.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            alone.endThreads();
        }
    }

    @Test
    void aCallbackThatDoesNotWaitRunsOnTheThreadOfItsLoopOutsideOfItsRole() throws Exception {
        soon(() -> {
            CompletableFuture<Thread> polls = new CompletableFuture<>();
            CompletableFuture<Thread> calls = new CompletableFuture<>();
            CompletableFuture<Boolean> mustNotWait = new CompletableFuture<>();
            loop.execute(() -> polls.complete(Thread.currentThread()));
            callback(() -> {
                mustNotWait.complete(loop.inEventLoop() || loops.isCurrentThread());
                calls.complete(Thread.currentThread());
            });
            assertThat(get(calls)).isSameAs(get(polls));
            assertThat(get(mustNotWait)).isFalse();
        });
    }

    @Test
    void aCallbackThatACallbackAsksForRunsOnTheSameThreadBehindIt() {
        soon(() -> {
            CompletableFuture<Thread> asks = new CompletableFuture<>();
            CompletableFuture<Thread> runs = new CompletableFuture<>();
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Boolean> behind = new CompletableFuture<>();
            callback(() -> {
                loops.runCallback(() -> {
                    behind.complete(over.get());
                    runs.complete(Thread.currentThread());
                });
                asks.complete(Thread.currentThread());
                over.set(true);
            });
            assertThat(get(runs)).isSameAs(get(asks));
            assertThat(get(behind)).isTrue();
        });
    }

    @Test
    void aCallbackThatACallbackWaitsForRunsElsewhere() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        callback(() -> {
            loops.runCallback(() -> answer.complete("answer"));
            seen.complete(get(answer));
        });
        assertThat(get(seen)).isEqualTo("answer");
    }

    @Test
    void whatACallbackSubmitsInNumbersIsRunMeanwhile() {
        soon(() -> {
            CompletableFuture<Integer> ranMeanwhile = new CompletableFuture<>();
            AtomicInteger ran = new AtomicInteger();
            callback(() -> {
                for (int i = 0; i < 100; i++) {
                    loop.execute(ran::incrementAndGet);
                }
                ranMeanwhile.complete(ran.get());
            });
            assertThat(get(ranMeanwhile)).isBetween(1, 99);
            soon(() -> assertThat(ran).hasValue(100));
        });
    }

    @Test
    void whatACallbackSubmitsIsLeftForTheEndOfTheTurnWhenOthersWaitBehindIt() {
        soon(() -> {
            CompletableFuture<Integer> ranMeanwhile = new CompletableFuture<>();
            AtomicInteger ran = new AtomicInteger();
            loop.execute(() -> {
                loops.runCallback(() -> {
                    for (int i = 0; i < 100; i++) {
                        loop.execute(ran::incrementAndGet);
                    }
                    ranMeanwhile.complete(ran.get());
                });
                loops.runCallback(() -> {});
            });
            assertThat(get(ranMeanwhile)).isZero();
            soon(() -> assertThat(ran).hasValue(100));
        });
    }

    @Test
    void aTaskOfTheLoopMustNotWait() throws Exception {
        CompletableFuture<Boolean> mustNotWait = new CompletableFuture<>();
        loop.execute(() -> mustNotWait.complete(loops.isCurrentThread()));
        assertThat(get(mustNotWait)).isTrue();
    }

    @Test
    void callbacksThatWaitForEachOtherDoNotDeadlock() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(3);
        CountDownLatch met = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            callback(() -> {
                meeting.await();
                met.countDown();
            });
        }
        assertThat(met.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCallbackThatSpinsDoesNotHoldUpTheOthers() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> other = new CompletableFuture<>();
        callback(() -> {
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        });
        callback(() -> other.complete(null));
        get(other);
        stop.set(true);
    }

    @Test
    void timersGoOnWhileACallbackWaits() throws Exception {
        AtomicInteger ticks = new AtomicInteger();
        loop.scheduleAtFixedRate(ticks::incrementAndGet, 1, 1, TimeUnit.MILLISECONDS);
        callback(release::await);
        int before = ticks.get();
        await().atMost(Duration.ofSeconds(10)).until(() -> ticks.get() > before + 50);
    }

    @Test
    void whatACallbackSubmitsRunsInOrderAlsoWhenItLosesItsLoop() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        callback(() -> {
            for (int i = 0; i < 100; i++) {
                int number = i;
                loop.execute(() -> seen.add(number));
            }
            CompletableFuture<Void> taken = new CompletableFuture<>();
            loop.execute(() -> taken.complete(null));
            taken.get(); // only another thread can run it
            for (int i = 100; i < 200; i++) {
                int number = i;
                loop.execute(() -> seen.add(number));
            }
            loop.execute(() -> end.complete(null));
        });
        get(end);
        assertThat(seen).hasSize(200).isSorted();
    }

    @RepeatedTest(10)
    void whatACallbackSubmitsRunsBehindWhatOthersSubmittedBefore() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        callback(() -> {
            CompletableFuture<Void> submitted = new CompletableFuture<>();
            new Thread(() -> {
                        loop.execute(() -> seen.add("another thread's"));
                        submitted.complete(null);
                    })
                    .start();
            while (!submitted.isDone()) {
                Thread.onSpinWait();
            }
            loop.execute(() -> seen.add("the callback's"));
            loop.execute(() -> end.complete(null));
        });
        get(end);
        assertThat(seen).containsExactly("another thread's", "the callback's");
    }

    @Test
    void beforeItWaitsACallbackRunsWhatItSubmittedItself() throws Exception {
        soon(() -> {
            CompletableFuture<Thread> ran = new CompletableFuture<>();
            CompletableFuture<Thread> called = new CompletableFuture<>();
            callback(() -> {
                loop.execute(() -> ran.complete(Thread.currentThread()));
                RoleLoops.beforeWait(ran::isDone);
                called.complete(Thread.currentThread());
            });
            assertThat(get(ran)).isSameAs(get(called));
        });
    }

    @Test
    void aCallbackThatMustWaitAfterAllHandsItsLoopOverAtOnce() throws Exception {
        CompletableFuture<Boolean> handedOver = new CompletableFuture<>();
        callback(() -> {
            RoleLoops.beforeWait(() -> false);
            CompletableFuture<Thread> elsewhere = new CompletableFuture<>();
            loop.execute(() -> elsewhere.complete(Thread.currentThread()));
            handedOver.complete(elsewhere.get() != Thread.currentThread());
        });
        assertThat(get(handedOver)).isTrue();
    }

    @Test
    void whenTooManyCallbacksWaitTheOthersRunElsewhere() throws Exception {
        for (int i = 0; i < MOST_DETACHED; i++) {
            begin(release::await);
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            CompletableFuture<String> next = new CompletableFuture<>();
            callback(() -> next.complete(Thread.currentThread().getName()));
            assertThat(get(next)).isEqualTo("fallback");
        });
        // Those that wait, the one that polls, and a spare one.
        assertThat(roleThreads()).isLessThanOrEqualTo(MOST_DETACHED + 2);
    }

    @Test
    void whatWaitedBehindACallbackThatBlocksRunsElsewhere() throws Exception {
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> third = new CompletableFuture<>();
        loop.execute(() -> {
            loops.runCallback(new OfKind("first", release::await));
            loops.runCallback(new OfKind(
                    "second", () -> second.complete(Thread.currentThread().getName())));
            loops.runCallback(new OfKind(
                    "third", () -> third.complete(Thread.currentThread().getName())));
        });
        assertThat(get(second)).isEqualTo("fallback");
        assertThat(get(third)).isEqualTo("fallback");
    }

    @Test
    void callbacksWithoutAKindAreAlikeWhenTheirClassIs() throws Exception {
        CompletableFuture<String> alike = new CompletableFuture<>();
        for (Work work : List.<Work>of(
                release::await, () -> alike.complete(Thread.currentThread().getName()))) {
            Runnable callback = () -> run(work);
            loop.execute(() -> loops.runCallback(callback));
        }
        assertThat(get(alike)).isEqualTo("fallback");
    }

    @Test
    void callbacksThatSpinWaitOrFollowEachOtherAllEndWithTheLoops() throws Exception {
        CountDownLatch ended = new CountDownLatch(3);
        begin(() -> {
            while (!Thread.interrupted()) {
                Thread.onSpinWait();
            }
            ended.countDown();
        });
        begin(() -> {
            for (int i = 0; i < 20; i++) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException next) {
                    // As a session with more messages would: the next callback waits, too.
                }
            }
            ended.countDown();
        });
        begin(() -> {
            try {
                ended.await();
            } finally {
                ended.countDown();
            }
        });
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        loops.endThreads();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10)).until(() -> roleThreads() == 0);
    }

    @Test
    void callbacksLikeOneThatHasBlockedAreNotTriedOnTheLoopForAWhile() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        ofKind("blocks", () -> {
            waiting.countDown();
            release.await();
        });
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> alike = new CompletableFuture<>();
        CompletableFuture<String> other = new CompletableFuture<>();
        ofKind("blocks", () -> alike.complete(Thread.currentThread().getName()));
        ofKind("quick", () -> other.complete(Thread.currentThread().getName()));
        assertThat(get(alike)).isEqualTo("fallback");
        assertThat(get(other)).startsWith("ferrule-netty-");
    }

    @Test
    void aCallbackOfAnotherThreadRunsOnTheFallback() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        loops.runCallback(() -> ran.complete(Thread.currentThread().getName()));
        assertThat(get(ran)).isEqualTo("fallback");
    }

    @Test
    void aCallbackThatThrowsHarmsNobody() throws Exception {
        CompletableFuture<Void> next = new CompletableFuture<>();
        callback(() -> {
            throw new IllegalStateException("on purpose");
        });
        callback(() -> next.complete(null));
        get(next);
    }

    @Test
    void theLoopEndsWhileACallbackWaitsWhichIsThenInterrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        callback(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.complete(true);
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS))
                .isTrue();
        loops.endThreads();
        assertThat(get(interrupted)).isTrue();
    }

    @Test
    void moreTasksThanOneTurnTakesAreRunInOrder() throws Exception {
        int many = 10_000;
        List<Integer> ran = new ArrayList<>();
        CompletableFuture<Void> all = new CompletableFuture<>();
        loop.execute(() -> run(release::await));
        for (int i = 0; i < many; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        loop.execute(() -> all.complete(null));
        release.countDown();
        get(all);
        assertThat(ran).hasSize(many).isSorted();
    }

    @Test
    void aLoopThatHasEndedTakesNoTask() throws Exception {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aChannelForALoopThatHasEndedIsClosed() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        NioSocketChannel channel = new NioSocketChannel();
        ChannelFuture registered = loop.register(channel);
        assertThat(registered.cause()).isInstanceOf(RejectedExecutionException.class);
        assertThat(channel.isOpen()).isFalse();
    }

    /** Random callbacks on one loop: nothing is lost, doubled, or run two at a time where it must not be. */
    @Test
    void aMixtureOfEverythingLosesNothing() throws Exception {
        int count = 20_000;
        CountDownLatch done = new CountDownLatch(count);
        AtomicInteger inLoop = new AtomicInteger();
        List<String> wrong = new CopyOnWriteArrayList<>();
        List<Object> locks = new ArrayList<>(List.of(new Object(), new Object()));
        for (int i = 0; i < count; i++) {
            int number = i;
            callback(() -> {
                if (number % 997 == 0) {
                    release.await(
                            number % 15, TimeUnit.MILLISECONDS); // nobody releases: a callback that waits a little
                } else if (number % 89 == 0) {
                    synchronized (locks.get(number % 2)) {
                        CompletableFuture<Void> task = new CompletableFuture<>();
                        loop.execute(() -> task.complete(null));
                        RoleLoops.beforeWait(task::isDone);
                        task.get();
                    }
                }
                loop.execute(() -> {
                    if (inLoop.incrementAndGet() != 1) {
                        wrong.add("two tasks at a time");
                    }
                    inLoop.decrementAndGet();
                    done.countDown();
                });
            });
        }
        assertThat(done.await(25, TimeUnit.SECONDS))
                .as("left: " + done.getCount())
                .isTrue();
        assertThat(wrong).isEmpty();
    }
}
