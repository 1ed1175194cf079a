package dev.ferrule.transport.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who looks after loops when there is no thread for it. */
class WatchTest {
    @Test
    void aWatchThatGotNoThreadTriesAgainAtTheNextCallback() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch runs = new CountDownLatch(1);
        try (Watch watch = new Watch(new RoleThreads(1), List.of(), work -> {
            boolean starts = asked.incrementAndGet() > 1;
            return new Thread(() -> {
                runs.countDown();
                work.run();
            }) {
                @Override
                public void start() {
                    if (!starts) {
                        throw new OutOfMemoryError("no thread");
                    }
                    super.start();
                }
            };
        })) {
            watch.awake();
            watch.awake();
            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(asked).hasValue(2);
    }
}
