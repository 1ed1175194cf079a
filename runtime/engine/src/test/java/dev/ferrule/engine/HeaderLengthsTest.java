package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * V01, V03, V08, V25: every header there is, as a product of lengths, encodings, opcodes, bits and roles. What is wrong
 * is known from the header alone, at the earliest byte, for a bounded number of steps and of bytes allocated.
 */
class HeaderLengthsTest {
    private static final long[] LENGTHS = {
        0,
        1,
        125,
        126,
        127,
        65535,
        65536,
        (1L << 31) - 1,
        1L << 31,
        (1L << 31) + 1,
        (1L << 32) - 1,
        1L << 32,
        (1L << 32) + 1,
        (1L << 53) - 1,
        1L << 53,
        (1L << 53) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
    };
    private static final int SEVEN_BITS = 1;
    private static final int[] WIDTHS = {SEVEN_BITS, 2, 8};
    private static final long MAX_MESSAGE = 1 << 20;
    private static final long MAX_FRAME = 1 << 21;

    /** A header and what RFC 6455 says of it: 0 for nothing, else the close code, and after how many bytes. */
    private record Case(byte[] header, int code, int afterBytes) {}

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyHeaderIsJudgedAtItsEarliestByte(Role role) {
        int cases = 0;
        for (Case header : cases(role, MAX_MESSAGE, MAX_FRAME)) {
            cases++;
            RecordingHandler handler = new RecordingHandler(Delivery.whole(MAX_MESSAGE));
            ProtocolEngine engine = new ProtocolEngine(role, new Limits(MAX_FRAME, 16), List.of(), handler);
            ByteBuffer bytes = ByteBuffer.wrap(header.header());
            int fed = 0;
            while (fed < header.header().length && handler.violations.isEmpty()) {
                engine.inbound().receive(bytes.limit(++fed));
            }
            assertThat(
                            handler.violations.isEmpty()
                                    ? 0
                                    : handler.violations.get(0).closeCode())
                    .as(() -> role + " " + RecordingHandler.hex(ByteBuffer.wrap(header.header())))
                    .isEqualTo(header.code());
            if (header.code() != 0) {
                assertThat(fed)
                        .as(() -> role + " " + RecordingHandler.hex(ByteBuffer.wrap(header.header())))
                        .isEqualTo(header.afterBytes());
            }
            assertThat(engine.inbound().steps()).isLessThanOrEqualTo(64);
        }
        assertThat(cases).isGreaterThan(9_000);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void noHeaderAllocatesForWhatItDeclares(Role role) {
        InboundHandler handler = new SilentHandler(Delivery.whole(Long.MAX_VALUE));
        Limits limits = new Limits(Long.MAX_VALUE, 16);
        List<Case> cases = cases(role, Integer.MAX_VALUE - 9, Long.MAX_VALUE);
        ByteBuffer[] headers =
                cases.stream().map(c -> ByteBuffer.wrap(c.header())).toArray(ByteBuffer[]::new);
        // Once for nothing: the first message that is put together links its parts.
        for (ByteBuffer header : headers) {
            feed(role, limits, handler, header.duplicate());
        }
        long worst = 0;
        for (ByteBuffer header : headers) {
            worst = Math.max(worst, Allocations.once(() -> feed(role, limits, handler, header)));
        }
        long whole = worst;
        long without = Allocations.of(() -> new ProtocolEngine(role, limits, List.of(), handler));
        assertThat(whole - without).isLessThanOrEqualTo(2048);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, Integer.MAX_VALUE, Long.MAX_VALUE})
    void everyLimitMeansTheSameTable(long limit) {
        for (Case header : cases(Role.SERVER, Math.min(limit, Integer.MAX_VALUE - 9), limit)) {
            RecordingHandler handler = new RecordingHandler(Delivery.whole(limit));
            feed(Role.SERVER, new Limits(limit, 1), handler, ByteBuffer.wrap(header.header()));
            assertThat(
                            handler.violations.isEmpty()
                                    ? 0
                                    : handler.violations.get(0).closeCode())
                    .as(() -> RecordingHandler.hex(ByteBuffer.wrap(header.header())))
                    .isEqualTo(header.code());
        }
    }

    private static void feed(Role role, Limits limits, InboundHandler handler, ByteBuffer header) {
        ProtocolEngine engine = new ProtocolEngine(role, limits, List.of(), handler);
        engine.inbound().receive(header);
    }

    private static List<Case> cases(Role role, long maxMessage, long maxFrame) {
        List<Case> cases = new ArrayList<>();
        for (int first = 0; first < 256; first++) {
            for (boolean masked : new boolean[] {false, true}) {
                for (int width : WIDTHS) {
                    for (long length : LENGTHS) {
                        if (width == 8 || length >= 0 && length < (width == SEVEN_BITS ? 126 : 65536)) {
                            cases.add(judged(role, first, masked, width, length, maxMessage, maxFrame));
                        }
                    }
                }
            }
        }
        return cases;
    }

    /** RFC 6455 §5.2 once more, in the order of the bytes. */
    private static Case judged(
            Role role, int first, boolean masked, int width, long length, long maxMessage, long maxFrame) {
        byte[] header = header(first, masked, width, length);
        Opcode opcode = Opcode.of(first & 0xF);
        boolean control = (first & 0x8) != 0;
        boolean broken = opcode == null || (first & 0x70) != 0 || control && first < 0x80 || (first & 0xF) == 0;
        if (broken) {
            return new Case(header, 1002, 1);
        }
        if (masked != (role == Role.SERVER) || control && width != SEVEN_BITS) {
            return new Case(header, 1002, 2);
        }
        if (opcode == Opcode.CLOSE && length == 1) {
            return new Case(header, 1002, 2);
        }
        if (length < 0) {
            return new Case(header, 1002, 3);
        }
        if (width == 2 && length < 126 || width == 8 && length < 65536) {
            return new Case(header, 1002, 2 + width);
        }
        int headerBytes = width == SEVEN_BITS ? 2 : 2 + width;
        if (!control && (length > maxFrame || length > maxMessage)) {
            return new Case(header, 1009, headerBytes);
        }
        return new Case(header, 0, headerBytes);
    }

    private static byte[] header(int first, boolean masked, int width, long length) {
        ByteBuffer header = ByteBuffer.allocate(14);
        header.put((byte) first);
        int mask = masked ? 0x80 : 0;
        switch (width) {
            case SEVEN_BITS -> header.put((byte) (mask | (int) length));
            case 2 -> header.put((byte) (mask | 126)).putShort((short) length);
            default -> header.put((byte) (mask | 127)).putLong(length);
        }
        if (masked) {
            header.putInt(0x01020304);
        }
        byte[] bytes = new byte[header.position()];
        header.get(0, bytes);
        return bytes;
    }
}
