package dev.ferrule.wirekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Leaks on purpose, each of which the probe must find. */
@Isolated
@Timeout(30)
class LeakProbeTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private UncaughtExceptionHandler before;
    private LeakProbe probe;

    @BeforeEach
    void start() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> {});
        probe = LeakProbe.start().deadline(Duration.ofMillis(100));
    }

    @AfterEach
    void letGo() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void nothingLeftBehindPasses() {
        assertThatCode(() -> probe.with("level", () -> 7).awaitRestored()).doesNotThrowAnyException();
    }

    @Test
    void aThreadOfOursIsFound() {
        thread("ferrule-seeded-1", this::awaitEnd);
        assertLeaks("threads: before [], after [ferrule-seeded-1]  <- left behind");
    }

    @Test
    void aSocketIsFound() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            assertLeaks("sockets and files", "socket:[");
        }
    }

    /** The JVM keeps one to wake threads. */
    @Test
    void aLocalSocketIsNoLeak() throws Exception {
        try (SocketChannel local = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(local.isOpen()).isTrue();
            assertThatCode(probe::awaitRestored).doesNotThrowAnyException();
        }
    }

    @Test
    void aFileIsFound(@TempDir Path directory) throws Exception {
        try (InputStream file = Files.newInputStream(Files.createFile(directory.resolve("file")))) {
            assertThat(file).isEmpty();
            assertLeaks("sockets and files", directory.resolve("file").toString());
        }
    }

    @Test
    void anUncaughtExceptionIsFound() throws Exception {
        thread("seeded", () -> {
                    throw new IllegalStateException("nobody catches this");
                })
                .join();
        assertLeaks("after [seeded: java.lang.IllegalStateException: nobody catches this]  <- left behind");
    }

    @Test
    void anUncaughtErrorThatComesWhileWaitingIsFound() {
        AtomicLong level = new AtomicLong();
        probe.with("level", level::get).deadline(Duration.ofSeconds(20));
        level.set(1);
        thread("seeded", () -> {
            throw new StackOverflowError("nobody catches this");
        });
        assertLeaks("after [seeded: java.lang.StackOverflowError: nobody catches this]  <- left behind");
    }

    @Test
    void aGaugeThatStaysUpIsFound() {
        AtomicLong level = new AtomicLong(3);
        probe.with("queued bytes", level::get);
        level.set(4);
        assertLeaks("queued bytes: before 3, after 4  <- left behind");
    }

    @Test
    void everyGaugeIsInTheMessage() {
        AtomicLong level = new AtomicLong();
        probe.with("sessions", level::get).with("timers", () -> 2);
        level.set(1);
        assertThatThrownBy(probe::awaitRestored)
                .hasMessageContaining("sessions: before 0, after 1  <- left behind\n  timers: before 2, after 2\n")
                .hasMessageContaining("threads: before [], after []\n")
                .hasMessageEndingWith("uncaught exceptions: before [], after []");
    }

    @Test
    void whatGoesInTimeIsNoLeak() {
        AtomicLong level = new AtomicLong();
        AtomicLong readings = new AtomicLong();
        probe.deadline(Duration.ofSeconds(20)).with("level", () -> readings.incrementAndGet() > 5 ? 0 : level.get());
        level.set(1);
        assertThatCode(probe::awaitRestored).doesNotThrowAnyException();
        assertThat(readings).hasValueGreaterThan(5);
    }

    @Test
    void aThreadOfTheCallbackPoolMayStay() {
        thread("ferrule-callback-1", this::awaitEnd);
        assertThatCode(probe::awaitRestored).doesNotThrowAnyException();
    }

    @Test
    void theEarlierHandlerIsBackAfterwardsAlsoAfterAFailure() {
        UncaughtExceptionHandler installed = Thread.getDefaultUncaughtExceptionHandler();
        UncaughtExceptionHandler mine = (thread, exception) -> {};
        Thread.setDefaultUncaughtExceptionHandler(mine);
        AtomicLong level = new AtomicLong();
        LeakProbe second = LeakProbe.start().deadline(Duration.ZERO).with("level", level::get);
        level.set(1);
        assertThatThrownBy(second::awaitRestored).isInstanceOf(AssertionError.class);
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(mine).isNotSameAs(installed);
    }

    private void assertLeaks(String line) {
        assertThatThrownBy(probe::awaitRestored)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(line);
    }

    private void assertLeaks(String gauge, String name) {
        assertThatThrownBy(probe::awaitRestored)
                .isInstanceOf(AssertionError.class)
                .message()
                .containsPattern(gauge + ": before .*, after .*" + Pattern.quote(name) + ".*  <- left behind\n");
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }
}
