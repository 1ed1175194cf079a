package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScratchTest {
    private final Scratch scratch = new Scratch();

    @Test
    void bytesMoveIntoTheMemoryWhichIsFreeAgainWhenTheyAreReleased() {
        ByteBuf bytes = Unpooled.copiedBuffer("HTTP/1.1 101 \r\n\r\n", StandardCharsets.ISO_8859_1);
        ByteBuf moved = scratch.moved(bytes);
        assertThat(moved.isDirect()).isTrue();
        assertThat(moved.toString(StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 101 \r\n\r\n");
        assertThat(bytes.refCnt()).isZero();
        moved.release();
        assertThat(scratch.take()).isSameAs(moved);
    }

    @Test
    void bytesStayWhereTheyAreWhileSomebodyHasTheMemory() {
        ByteBuf taken = scratch.take();
        ByteBuf bytes = Unpooled.copiedBuffer("x", StandardCharsets.ISO_8859_1);
        assertThat(scratch.moved(bytes)).isSameAs(bytes);
        assertThat(bytes.refCnt()).isOne();
        assertThat(taken).isNotNull();
    }

    @Test
    void bytesStayWhereTheyAreWhenTheyAreTooMany() {
        ByteBuf bytes = Unpooled.buffer(Scratch.BYTES + 1).writeZero(Scratch.BYTES + 1);
        assertThat(scratch.moved(bytes)).isSameAs(bytes);
        assertThat(scratch.take()).isNotNull();
    }
}
