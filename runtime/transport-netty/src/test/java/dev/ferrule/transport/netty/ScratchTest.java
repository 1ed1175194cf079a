package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScratchTest {
    private final Scratch scratch = new Scratch();

    @Test
    void bytesStandInTheMemoryWhichIsFreeAgainWhenTheyAreReleased() {
        ByteBuf held = scratch.holding("HTTP/1.1 101 ".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(held.isDirect()).isTrue();
        assertThat(held.toString(StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 101 ");
        held.release();
        assertThat(scratch.take()).isSameAs(held);
    }

    @Test
    void bytesStayWhereTheyAreWhileSomebodyHasTheMemory() {
        ByteBuf taken = scratch.take();
        ByteBuf held = scratch.holding(new byte[] {'x'});
        assertThat(held).isNotSameAs(taken).isEqualTo(Unpooled.wrappedBuffer(new byte[] {'x'}));
        assertThat(taken).isNotNull();
    }

    @Test
    void bytesStayWhereTheyAreWhenTheyAreTooMany() {
        assertThat(scratch.holding(new byte[Scratch.BYTES + 1]).readableBytes()).isEqualTo(Scratch.BYTES + 1);
        assertThat(scratch.take()).isNotNull();
    }
}
