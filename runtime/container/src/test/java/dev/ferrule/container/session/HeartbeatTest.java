package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock goes on, whatever happens. */
@Timeout(20)
class HeartbeatTest {
    @Test
    void behindABeatThatFailsComesAnother() throws Exception {
        CountDownLatch beats = new CountDownLatch(3);
        try (Heartbeat heart = new Heartbeat(now -> {
            beats.countDown();
            throw new OutOfMemoryError("heap");
        })) {
            heart.start();
            assertThat(beats.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whereThereWasNoThreadTheNextStartTriesAgain() throws Exception {
        CountDownLatch beats = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (Heartbeat heart = new Heartbeat(
                now -> {
                    beats.countDown();
                    return true;
                },
                work -> {
                    boolean starts = asked.incrementAndGet() > 1;
                    return new Thread(work) {
                        @Override
                        public void start() {
                            if (!starts) {
                                throw new OutOfMemoryError("no thread");
                            }
                            super.start();
                        }
                    };
                })) {
            heart.start();
            heart.start();
            assertThat(beats.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(asked).hasValue(2);
    }
}
