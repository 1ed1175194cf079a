package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
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

    @Test
    void whatIsInTheMemoryIsReadWhereItIs() {
        ByteBuf held = scratch.holding(new byte[] {'x', 'y', 'z'});
        ByteBuffer view = scratch.view(held.skipBytes(1));
        assertThat(view.remaining()).isEqualTo(2);
        assertThat(view.get()).isEqualTo((byte) 'y');
        assertThat(scratch.view(held)).isSameAs(view);
    }

    @Test
    void whatIsElsewhereIsReadThere() {
        scratch.holding(new byte[] {'x'});
        assertThat(scratch.view(Unpooled.wrappedBuffer(new byte[] {'y'})).get()).isEqualTo((byte) 'y');
    }

    @Test
    void theMemoryKnowsItsAddress() {
        ByteBuf memory = scratch.take();
        assertThat(memory.slice(5, 1).memoryAddress()).isEqualTo(memory.memoryAddress() + 5);
        assertThat(memory.memoryAddress()).isNotZero();
    }
}
