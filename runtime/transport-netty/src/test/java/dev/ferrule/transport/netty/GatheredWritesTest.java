package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several buffers that go out as one write. */
class GatheredWritesTest {
    /** Has no memory for the second buffer. */
    private static final class Poor extends EmbeddedChannel {
        private int seen;

        @Override
        protected Object filterOutboundMessage(Object message) throws Exception {
            if (++seen == 2) {
                throw new OutOfMemoryError("direct memory");
            }
            return super.filterOutboundMessage(message);
        }
    }

    @Test
    void aBufferInTheMidstThatCannotGoOutIsAFailureOfTheConnection() {
        EmbeddedChannel channel = new Poor();
        GatheredWrites writes = new GatheredWrites(channel, new Scratch(), failure -> {});
        writes.write(List.of(ByteBuffer.allocate(1), ByteBuffer.allocate(1), ByteBuffer.allocate(1)));
        assertThatThrownBy(channel::checkException).isInstanceOf(OutOfMemoryError.class);
        channel.releaseOutbound();
        channel.close();
    }
}
