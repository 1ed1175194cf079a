package dev.ferrule.container.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.spi.TransportConnection;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a send, and for how long. */
@Timeout(10)
class SendFutureTest {
    private final CountDownLatch told = new CountDownLatch(1);
    private final List<BooleanSupplier> conditions = new CopyOnWriteArrayList<>();
    private Runnable whenTold = () -> {};
    private final SendFuture future = new SendFuture(null, connection());

    @Test
    void whoWaitsBeforeTheOutcomeLearnsIt() throws Exception {
        CompletableFuture<Throwable> seen = waiting();
        told.await();
        IOException broken = new IOException("broken");
        future.failed(broken);
        assertThat(seen.get()).isSameAs(broken);
    }

    @Test
    void allThatWaitLearnTheOutcome() throws Exception {
        CompletableFuture<Throwable> first = waiting();
        CompletableFuture<Throwable> second = waiting();
        told.await();
        future.written();
        assertThat(first.get()).isNull();
        assertThat(second.get()).isNull();
    }

    @Test
    void whoAsksAfterTheOutcomeDoesNotWait() throws Exception {
        future.written();
        assertThat(future.get()).isNull();
        assertThat(future.get(0, TimeUnit.MILLISECONDS)).isNull();
        assertThat(conditions).isEmpty();
    }

    @Test
    void anOutcomeThatComesWhileTheConnectionIsToldIsNotMissed() throws Exception {
        whenTold = future::written;
        assertThat(future.await()).isNull();
    }

    @Test
    void theConnectionIsToldWhatIsWaitedFor() throws Exception {
        CompletableFuture<Throwable> seen = waiting();
        told.await();
        BooleanSupplier condition = conditions.get(0);
        assertThat(condition.getAsBoolean()).isFalse();
        future.written();
        assertThat(condition.getAsBoolean()).isTrue();
        assertThat(seen.get()).isNull();
    }

    @Test
    void whoWaitsForSoLongOnlyIsToldThatItWasTooShort() {
        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("The message has not been written within 1 MILLISECONDS");
    }

    @Test
    void aFailureIsTheCauseOfWhatTheFutureThrows() {
        future.failed(new IOException("broken"));
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("broken");
    }

    @Test
    void anInterruptedThreadIsToldSoEvenWhenAllIsWritten() {
        future.written();
        Thread.currentThread().interrupt();
        assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> future.get(1, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private CompletableFuture<Throwable> waiting() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return future.await();
            } catch (InterruptedException e) {
                return e;
            }
        });
    }

    /** One that is told who waits, and can do nothing else. */
    private TransportConnection connection() {
        return (TransportConnection) Proxy.newProxyInstance(
                TransportConnection.class.getClassLoader(),
                new Class<?>[] {TransportConnection.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("beforeWait");
                    conditions.add((BooleanSupplier) arguments[0]);
                    whenTold.run();
                    told.countDown();
                    return null;
                });
    }
}
