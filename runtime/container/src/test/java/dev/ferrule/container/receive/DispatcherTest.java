package dev.ferrule.container.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The dispatcher and the threads that it asks for, which run when the test says so. */
class DispatcherTest {
    /** As many callbacks as a dispatcher runs before it gives its thread back. */
    private static final int AT_A_TIME = 64;

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<Integer> ran = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private Executor executor = threads::add;
    private final Dispatcher dispatcher = new Dispatcher(work -> executor.execute(work), new Dispatcher.Owner() {
        @Override
        public Object kindOfCallbacks() {
            return "test";
        }

        @Override
        public void renewDemand() {}

        @Override
        public void taskFailed(Throwable failure) {
            failures.add(failure);
        }
    });

    private void submit(int from, int to) {
        IntStream.range(from, to).forEach(i -> dispatcher.submit(Dispatcher.Task.of(() -> ran.add(i))));
    }

    @Test
    void oneThreadRunsWhatWaitsInItsOrder() {
        submit(0, 3);
        threads.remove().run();
        assertThat(ran).containsExactly(0, 1, 2);
    }

    @Test
    void noThreadIsAskedForWhenNothingWaitsAnyMore() {
        submit(0, AT_A_TIME);
        threads.remove().run();
        assertThat(ran).hasSize(AT_A_TIME);
        assertThat(threads).isEmpty();
    }

    @Test
    void aThreadIsAskedForAgainWhenMoreComesLater() {
        submit(0, AT_A_TIME);
        threads.remove().run();
        submit(AT_A_TIME, AT_A_TIME + 1);
        threads.remove().run();
        assertThat(ran).hasSize(AT_A_TIME + 1);
    }

    @Test
    void aThreadIsGivenBackAfterAWhileForOtherSessions() {
        submit(0, AT_A_TIME + 1);
        threads.remove().run();
        assertThat(ran).hasSize(AT_A_TIME);
        threads.remove().run();
        assertThat(ran).hasSize(AT_A_TIME + 1);
        assertThat(threads).isEmpty();
    }

    @Test
    void behindATaskThatFailsTheOthersRun() {
        OutOfMemoryError failure = new OutOfMemoryError("heap");
        dispatcher.submit(Dispatcher.Task.of(() -> {
            throw failure;
        }));
        submit(0, 2);
        threads.remove().run();
        assertThat(failures).containsExactly(failure);
        assertThat(ran).containsExactly(0, 1);
    }

    @Test
    void whatGotNoThreadRunsWithTheNext() {
        executor = work -> {
            throw new OutOfMemoryError("no thread");
        };
        assertThatThrownBy(() -> submit(0, 1)).isInstanceOf(OutOfMemoryError.class);
        executor = threads::add;
        submit(1, 2);
        threads.remove().run();
        assertThat(ran).containsExactly(0, 1);
    }

    @Test
    void whatGotNoThreadRunsWhenItIsToGoOn() {
        executor = work -> {
            throw new OutOfMemoryError("no thread");
        };
        assertThatThrownBy(() -> dispatcher.submit(Dispatcher.Task.last(() -> ran.add(-1))))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(dispatcher.isQuiet()).isFalse();
        executor = threads::add;
        dispatcher.goOn();
        dispatcher.goOn();
        threads.remove().run();
        assertThat(ran).containsExactly(-1);
        assertThat(threads).isEmpty();
        assertThat(dispatcher.isQuiet()).isTrue();
    }

    @Test
    void behindTheEndNothingRuns() {
        submit(0, 2);
        dispatcher.submit(Dispatcher.Task.last(() -> ran.add(-1)));
        submit(2, 4);
        threads.remove().run();
        submit(4, 6);
        assertThat(ran).containsExactly(0, 1, -1);
        assertThat(threads).isEmpty();
    }

    @Test
    void behindTheEndNothingMoreIsWanted() {
        dispatcher.submit(Dispatcher.Task.last(() -> {}));
        assertThat(dispatcher.submit(Dispatcher.Task.of(() -> {}))).isTrue();
    }
}
