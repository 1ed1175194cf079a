package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.spi.BindRequest;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptorTest {
    private final EventLoops loops = new EventLoops(null, 0);
    private final EmbeddedChannel listening = listening();

    /** Its clock stands still until a test lets time pass. */
    private EmbeddedChannel listening() {
        BindRequest request = new BindRequest("127.0.0.1", 0, null, 4096, 20, Duration.ofSeconds(10));
        EmbeddedChannel channel = new EmbeddedChannel(new Acceptor(loops, request, null));
        channel.freezeTime();
        return channel;
    }

    @AfterEach
    void close() {
        loops.close();
    }

    private void fail() {
        listening.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    }

    private void pass(long millis) {
        listening.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        listening.runScheduledPendingTasks();
    }

    @Test
    void whoeverCannotAcceptTriesAgainAfterASecond() {
        fail();
        assertThat(listening.config().isAutoRead()).isFalse();
        pass(999);
        assertThat(listening.config().isAutoRead()).isFalse();
        pass(2);
        assertThat(listening.config().isAutoRead()).isTrue();
    }

    @Test
    void aFurtherFailureDoesNotLengthenThePause() {
        fail();
        pass(900);
        fail();
        pass(101);
        assertThat(listening.config().isAutoRead()).isTrue();
        pass(10_000);
        assertThat(listening.config().isAutoRead()).isTrue();
    }

    @Test
    void aConnectionThatCannotBeginIsClosed() {
        EmbeddedChannel noSocket = new EmbeddedChannel();
        listening.writeInbound(noSocket);
        assertThat(noSocket.isOpen()).isFalse();
        assertThat(listening.config().isAutoRead()).isTrue();
    }
}
