package dev.ferrule.wirekit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
@Timeout(30)
@EnabledForJreRange(min = JRE.JAVA_21)
class PinnedThreadsTest {
    private static final long NANOS_60_MS = 60_000_000;

    /** Waits in its static initializer, which holds on to the carrier on every JDK so far. */
    private static final class Pinning {
        static {
            LockSupport.parkNanos(NANOS_60_MS);
        }

        static void touch() {}
    }

    @Test
    void aWaitThatPinsIsSeenAndOneThatDoesNotIsNot() throws Exception {
        try (PinnedThreads pinned = new PinnedThreads()) {
            onVirtualThread(() -> LockSupport.parkNanos(NANOS_60_MS));
            assertThat(pinned.seen()).isEmpty();
            onVirtualThread(Pinning::touch);
            assertThat(pinned.seen()).singleElement().asString().contains(Pinning.class.getName());
        }
    }

    /** By reflection: this is compiled for 17. */
    private static void onVirtualThread(Runnable work) throws Exception {
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        thread.join();
    }
}
