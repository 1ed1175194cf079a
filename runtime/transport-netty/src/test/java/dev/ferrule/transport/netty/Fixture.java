package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ServerHandler;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A transport for each test; afterwards none of its threads is left, and in the end no buffer was lost. */
final class Fixture implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final int MAX_HEAD_BYTES = 4096;
    static final int MAX_HEADERS = 20;

    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Logger leakLog = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final Handler leakHandler = new LeakHandler();
    NettyTransport transport = new NettyTransport();

    @Override
    public void beforeAll(ExtensionContext context) {
        leakLog.addHandler(leakHandler);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        transport = new NettyTransport();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        transport.close();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("ferrule-netty-")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        for (int i = 0; i < 5; i++) { // lost buffers are found by the collector and told when the next one is made
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        leakLog.removeHandler(leakHandler);
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        assertThat(leaks).isEmpty();
    }

    int serve(ServerHandler handler) {
        return serve(handler, null, Duration.ofSeconds(10));
    }

    int serve(ServerHandler handler, SSLContext tls, Duration handshakeTimeout) {
        try {
            return transport
                    .bind(new BindRequest("127.0.0.1", 0, tls, MAX_HEAD_BYTES, MAX_HEADERS, handshakeTimeout), handler)
                    .address()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class LeakHandler extends Handler {
        @Override
        public void publish(LogRecord record) {
            leaks.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
