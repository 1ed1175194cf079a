package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** V02, V04, V05, V06, V07: memory and work follow what has arrived, whatever is declared and however it is cut. */
class BoundsTest {
    private static final int KIB = 1024;
    private static final int READ_BYTES = 64 * KIB;

    private static ProtocolEngine engine(Role role, Limits limits, InboundHandler handler) {
        return new ProtocolEngine(role, limits, List.of(), handler);
    }

    private static ByteBuffer frame(Role role, int first, int bytes) {
        return ByteBuffer.wrap(Wire.to(role).frame(first, new byte[bytes]).bytes());
    }

    /** Feeds a frame that stays as it is: it is unmasked in place, so a copy goes in. */
    private static void feed(ProtocolEngine engine, ByteBuffer frame, ByteBuffer scratch) {
        scratch.clear().put(frame.duplicate()).flip();
        engine.inbound().receive(scratch);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void lengthsWhoseSumOverflowsAreRefusedAtTheFrameThatExceeds(Role role) {
        for (long second : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 5}) {
            RecordingHandler handler = new RecordingHandler(Delivery.parts(1L << 40));
            ProtocolEngine engine = engine(role, new Limits(Long.MAX_VALUE, 16), handler);
            byte[] header = Wire.to(role)
                    .frame(0x02, new byte[10])
                    .header(0x00, role.expectsMask(), second)
                    .bytes();
            engine.inbound().receive(ByteBuffer.wrap(header));
            assertThat(handler.events.contains("violation 1009")).isEqualTo(second > 1L << 40);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aMessageOfExactlyTheLimitIsTakenAndOneByteMoreIsNot(Role role) {
        for (Delivery delivery : List.of(Delivery.whole(100), Delivery.parts(100), Delivery.discard(100))) {
            SilentHandler handler = new SilentHandler(delivery);
            ProtocolEngine engine = engine(role, new Limits(100, 16), handler);
            engine.inbound().receive(frame(role, 0x02, 60));
            engine.inbound().receive(frame(role, 0x80, 40));
            assertThat(handler.lastViolation).isZero();
            engine.inbound().receive(frame(role, 0x02, 60));
            engine.inbound().receive(frame(role, 0x80, 41));
            assertThat(handler.lastViolation).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void thousandsOfConnectionsThatOnlyDeclareCostNothing(Role role) {
        byte[] data = Wire.to(role)
                .header(0x82, role.expectsMask(), Integer.MAX_VALUE - 9)
                .bytes();
        byte[] unknown =
                Wire.to(role).header(0x83, role.expectsMask(), 1L << 31).bytes();
        SilentHandler handler = new SilentHandler(Delivery.whole(Integer.MAX_VALUE));
        Limits limits = new Limits(Long.MAX_VALUE, 16);
        ProtocolEngine[] engines = new ProtocolEngine[10_000];
        for (int i = 0; i < engines.length; i++) {
            engines[i] = engine(role, limits, handler);
        }
        long allocated = Allocations.once(() -> {
            for (int i = 0; i < engines.length; i++) {
                engines[i].inbound().receive(ByteBuffer.wrap(i % 2 == 0 ? data : unknown));
            }
        });
        assertThat(allocated / engines.length).isLessThanOrEqualTo(KIB);
        assertThat(handler.lastViolation).isEqualTo(1002);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void endlessContinuationsEndAtTheLimitAndCostTwiceAsMuchAtMost(Role role) {
        int limit = 1 << 20;
        SilentHandler handler = new SilentHandler(Delivery.whole(limit));
        ProtocolEngine engine = engine(role, new Limits(limit, 1 << 20), handler);
        ByteBuffer next = frame(role, 0x00, 1000);
        ByteBuffer scratch = ByteBuffer.allocate(next.remaining());
        engine.inbound().receive(frame(role, 0x02, 0));
        int frames = 0;
        long allocated = 0;
        while (handler.lastViolation == 0) {
            frames++;
            allocated = Math.max(allocated, Allocations.once(() -> feed(engine, next, scratch)));
        }
        assertThat(handler.lastViolation).isEqualTo(1009);
        assertThat(frames).isEqualTo(limit / 1000 + 1);
        assertThat(allocated).as("the largest growth").isLessThanOrEqualTo(limit + 64L * KIB);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void emptyFragmentsAreForgottenAndCounted(Role role) {
        for (Delivery.Mode mode : Delivery.Mode.values()) {
            emptyFragments(role, mode);
        }
    }

    private static void emptyFragments(Role role, Delivery.Mode mode) {
        int most = 300_000;
        SilentHandler handler = new SilentHandler(new Delivery(mode, most));
        ProtocolEngine engine = engine(role, new Limits(most, most), handler);
        ByteBuffer next = frame(role, 0x00, 0);
        ByteBuffer scratch = ByteBuffer.allocate(next.remaining());
        byte[] halfACharacter = {(byte) 0xC3};
        engine.inbound()
                .receive(ByteBuffer.wrap(
                        Wire.to(role).frame(0x01, halfACharacter).bytes()));
        feed(engine, next, scratch);
        long allocated = Allocations.once(() -> {
            for (int i = 2; i < most; i++) {
                scratch.clear().put(0, next, 0, next.capacity());
                engine.inbound().receive(scratch);
            }
        });
        assertThat(allocated).isLessThanOrEqualTo(KIB);
        assertThat(handler.lastViolation).isZero();
        feed(engine, next, scratch);
        assertThat(handler.lastViolation).isEqualTo(1008);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void fragmentsOfOneByteAllocateInProportionToWhatTheyCarry(Role role) {
        int fragments = 200_000;
        SilentHandler handler = new SilentHandler(Delivery.whole(fragments));
        ProtocolEngine engine = engine(role, new Limits(fragments, fragments), handler);
        ByteBuffer next = frame(role, 0x00, 1);
        ByteBuffer scratch = ByteBuffer.allocate(next.remaining());
        engine.inbound().receive(frame(role, 0x02, 1));
        long allocated = Allocations.once(() -> {
            for (int i = 2; i < fragments; i++) {
                scratch.clear().put(0, next, 0, next.capacity());
                engine.inbound().receive(scratch);
            }
        });
        assertThat(allocated).as("all arrays there ever were").isLessThanOrEqualTo(4L * fragments + 2 * KIB);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void twiceTheBytesOneByOneCostTwiceTheSteps(Role role) {
        for (int first : new int[] {0x81, 0x82}) {
            long once = stepsByteByByte(role, first, 50_000);
            long twice = stepsByteByByte(role, first, 100_000);
            assertThat((double) twice / once).isLessThan(2.1);
        }
    }

    private static long stepsByteByByte(Role role, int first, int bytes) {
        SilentHandler handler = new SilentHandler(Delivery.whole(bytes));
        ProtocolEngine engine = engine(role, new Limits(bytes, 16), handler);
        byte[] wire = Wire.to(role).frame(first, new byte[bytes]).bytes();
        for (byte octet : wire) {
            engine.inbound().receive(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertThat(handler.messages).isEqualTo(1);
        return engine.inbound().steps();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aLargeFrameAllocatesLittleBesidesItsMessage(Role role) {
        int bytes = 1024 * KIB;
        SilentHandler handler = new SilentHandler(Delivery.whole(bytes));
        ProtocolEngine engine = engine(role, new Limits(bytes, 16), handler);
        ByteBuffer frame = frame(role, 0x82, bytes);
        ByteBuffer scratch = ByteBuffer.allocate(frame.remaining());
        long allocated =
                Allocations.of(() -> feedInReads(engine, scratch.clear().put(0, frame, 0, frame.capacity())));
        assertThat(handler.dataBytes % bytes).isZero();
        assertThat(allocated).isLessThanOrEqualTo(bytes + 5 * READ_BYTES + KIB);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aPartOfALargeFrameTakesAtMostFiveTimesItself(Role role) {
        int come = READ_BYTES;
        for (int declared :
                new int[] {2 * come, 5 * come - 1, 5 * come, 5 * come + 1, 1 << 20, Integer.MAX_VALUE - 9}) {
            byte[] header =
                    Wire.to(role).header(0x82, role.expectsMask(), declared).bytes();
            ByteBuffer begun =
                    ByteBuffer.allocate(header.length + come).put(header).rewind();
            long allocated = Allocations.of(() -> {
                SilentHandler handler = new SilentHandler(Delivery.whole(Integer.MAX_VALUE));
                engine(role, new Limits(Long.MAX_VALUE, 16), handler).inbound().receive(begun.duplicate());
            });
            assertThat(allocated).as("of " + declared).isLessThanOrEqualTo(Math.min(5L * come, declared) + 2 * KIB);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aFragmentedMessageIsInAnArrayOfTwiceItselfAtMost(Role role) {
        for (int limit : new int[] {24_000, 24 * KIB, 1024 * KIB}) {
            LastBinary handler = new LastBinary(Delivery.whole(limit));
            ProtocolEngine engine = engine(role, new Limits(limit, 16), handler);
            // One that is known to end before it is complete must not make those after it bold.
            ByteBuffer whole = frame(role, 0x82, 10_000);
            engine.inbound().receive(whole.slice(0, 5000));
            engine.inbound().receive(whole.slice(5000, whole.limit() - 5000));
            assertThat(handler.array).hasSize(10_000);
            engine.inbound().receive(frame(role, 0x02, 8193));
            engine.inbound().receive(frame(role, 0x80, 0));
            assertThat(handler.array).hasSizeBetween(8193, 2 * 8193);
        }
    }

    /** Keeps the array of the last message. */
    private static final class LastBinary extends SilentHandler {
        private byte[] array = {};

        LastBinary(Delivery delivery) {
            super(delivery);
        }

        @Override
        public void onBinary(ByteBuffer message) {
            array = message.array();
        }
    }

    /** As a transport does: in a buffer that may be written to. */
    private static void feedInReads(ProtocolEngine engine, ByteBuffer bytes) {
        for (int from = 0; from < bytes.limit(); from += READ_BYTES) {
            engine.inbound().receive(bytes.slice(from, Math.min(READ_BYTES, bytes.limit() - from)));
        }
    }

    @Test
    void aSmallMessageAllocatesLittleBesidesItself() {
        SilentHandler handler = new SilentHandler(Delivery.whole(KIB));
        ProtocolEngine engine = engine(Role.SERVER, new Limits(KIB, 16), handler);
        ByteBuffer frame = frame(Role.SERVER, 0x82, 100);
        ByteBuffer scratch = ByteBuffer.allocate(frame.remaining());
        scratch.put(0, frame, 0, frame.capacity());
        engine.inbound().receive(scratch);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 1000; i++) {
                scratch.clear().put(0, frame, 0, frame.capacity());
                engine.inbound().receive(scratch);
            }
        });
        assertThat(allocated / 1000).isLessThanOrEqualTo(100 + 400);
    }
}
