package dev.ferrule.tests.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps a task waiting until the test opens it. */
@ApplicationScoped
public class Gate {
    private final CountDownLatch latch = new CountDownLatch(1);

    void await() {
        try {
            if (!latch.await(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody has opened the gate");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    void open() {
        latch.countDown();
    }
}
