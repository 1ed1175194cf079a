package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.wirekit.LeakProbe;
import dev.ferrule.wirekit.LiveObjects;
import dev.ferrule.wirekit.PinnedThreads;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Found by JUnit for every test of this module: fails each that leaves sockets, files, threads or uncaught exceptions behind
 * when its own clean-up is done, and each class that leaves objects of connections or lost buffers, or had virtual threads that
 * held on to their carriers.
 */
public final class NothingLeft implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Namespace PROBES = Namespace.create(NothingLeft.class);

    /** Whatever a connection has: its session, what waits to be sent or handled, its compression. */
    private static final Set<String> OF_CONNECTIONS = Set.of(
            "dev.ferrule.container.session.FerruleSession",
            "dev.ferrule.container.session.SessionLink",
            "dev.ferrule.container.send.SendQueue",
            "dev.ferrule.container.send.SendCompletion",
            "dev.ferrule.container.receive.Dispatcher",
            "dev.ferrule.engine.ProtocolEngine",
            "dev.ferrule.engine.extension.MessageDeflater",
            "dev.ferrule.engine.extension.MessageInflater",
            BytePump.class.getName(),
            HttpConnection.class.getName(),
            ClientAttempt.class.getName());

    private final Logger bufferLog = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final LostBuffers lostBuffers = new LostBuffers();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(PROBES).put(PinnedThreads.class, new PinnedThreads());
        bufferLog.addHandler(lostBuffers);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(PROBES).put(context.getUniqueId(), LeakProbe.start());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getStore(PROBES).remove(context.getUniqueId(), LeakProbe.class).awaitRestored();
    }

    /** Lost buffers are found by the collector and told when the next one is made. */
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try (PinnedThreads pinned = context.getStore(PROBES).remove(PinnedThreads.class, PinnedThreads.class)) {
            assertThat(pinned.seen()).as("waits that pinned a carrier").isEmpty();
        }
        await().pollInterval(Duration.ofMillis(100)) // each look is a collection
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(LiveObjects.of(OF_CONNECTIONS))
                        .as("left behind")
                        .isEmpty());
        for (int i = 0; i < 5; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        bufferLog.removeHandler(lostBuffers);
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        assertThat(lostBuffers.messages).isEmpty();
    }

    private static final class LostBuffers extends Handler {
        final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            messages.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
