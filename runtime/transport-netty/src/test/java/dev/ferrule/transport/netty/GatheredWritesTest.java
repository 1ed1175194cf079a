package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several buffers that go out as one write. */
class GatheredWritesTest {
    /** Has no memory for the second buffer. */
    private static final class Poor extends ChannelOutboundHandlerAdapter {
        private int seen;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (++seen == 2) {
                ReferenceCountUtil.release(message);
                promise.setFailure(new OutOfMemoryError("direct memory"));
            } else {
                context.write(message, promise);
            }
        }
    }

    @Test
    void aBufferInTheMidstThatCannotGoOutIsAFailureOfTheConnection() {
        EmbeddedChannel channel = new EmbeddedChannel(new Poor());
        List<Throwable> told = new ArrayList<>();
        GatheredWrites writes = new GatheredWrites(channel, new Scratch(), told::add);
        writes.write(List.of(ByteBuffer.allocate(1), ByteBuffer.allocate(1), ByteBuffer.allocate(1)));
        assertThatThrownBy(channel::checkException).isInstanceOf(OutOfMemoryError.class);
        channel.releaseOutbound();
        channel.close();
        assertThat(told).hasSize(1);
    }
}
