package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent, byte by byte, and read again by the other role. */
class OutboundHalfTest {
    /** Gathers the output. Rooms are of odd sizes, of either byte order, and full of a pattern that must not get out. */
    static final class Gathered implements Output {
        static final byte POISON = (byte) 0xA5;

        final List<Integer> appended = new ArrayList<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private ByteBuffer room = ByteBuffer.allocate(0);
        private int rooms;

        @Override
        public ByteBuffer room(int minBytes) {
            take();
            byte[] poisoned = new byte[minBytes + rooms % 23];
            Arrays.fill(poisoned, POISON);
            room = ByteBuffer.wrap(poisoned);
            rooms++;
            return room.order(rooms % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void append(ByteBuffer payload) {
            take();
            appended.add(payload.remaining());
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            bytes.writeBytes(copy);
        }

        byte[] bytes() {
            take();
            return bytes.toByteArray();
        }

        private void take() {
            bytes.write(room.array(), 0, room.position());
            room = ByteBuffer.allocate(0);
        }
    }

    private final RecordingHandler nobody = new RecordingHandler(Delivery.whole(0));
    private final Gathered out = new Gathered();

    private OutboundHalf half(Role role) {
        return new ProtocolEngine(role, new Limits(1, 1), List.of(), nobody).outbound();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aServersFramesAreTheBytesOfTheRfc() {
        OutboundHalf server = half(Role.SERVER);
        server.data(Opcode.TEXT, utf8("Hello"), true, true, out);
        server.data(Opcode.TEXT, utf8("Hel"), false, true, out);
        server.ping(utf8("Hello"), out);
        server.data(Opcode.TEXT, utf8("lo"), true, true, out);
        server.pong(utf8(""), out);
        server.data(Opcode.BINARY, ByteBuffer.allocate(0), true, true, out);
        server.close(new ClosePayload(1000, "bye"), out);
        assertThat(RecordingHandler.hex(ByteBuffer.wrap(out.bytes())))
                .isEqualTo("810548656c6c6f" + "010348656c" + "890548656c6c6f" + "80026c6f" + "8a00" + "8200"
                        + "880503e8627965");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whateverIsSentArrives(Role role) {
        Role peer = role == Role.SERVER ? Role.CLIENT : Role.SERVER;
        OutboundHalf half = half(role);
        RecordingHandler handler = new RecordingHandler(Delivery.whole(1 << 20));
        InboundHalf inbound = new ProtocolEngine(peer, new Limits(1 << 20, 9), List.of(), handler).inbound();
        List<String> expected = new ArrayList<>();
        Random random = new Random(3);
        for (int bytes : new int[] {0, 1, 2, 3, 7, 8, 9, 125, 126, 127, 8191, 8192, 8193, 65535, 65536, 200_000}) {
            byte[] payload = new byte[bytes];
            random.nextBytes(payload);
            ByteBuffer buffer = bytes % 2 == 0 ? ByteBuffer.allocateDirect(bytes + 3) : ByteBuffer.allocate(bytes + 3);
            buffer.put(3, payload).position(3);
            half.data(Opcode.BINARY, buffer, true, true, out);
            assertThat(buffer.position()).isEqualTo(3);
            assertThat(buffer.limit()).isEqualTo(bytes + 3);
            assertThat(buffer.slice()).as("the payload is not masked in place").isEqualTo(ByteBuffer.wrap(payload));
            expected.add("start BINARY");
            expected.add("binary " + RecordingHandler.hex(ByteBuffer.wrap(payload)));
        }
        inbound.receive(ByteBuffer.wrap(out.bytes()));
        assertThat(handler.events).isEqualTo(expected);
        assertThat(out.appended.isEmpty()).isEqualTo(role == Role.CLIENT);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aPayloadInSeveralBuffersIsOneFrame(Role role) {
        Role peer = role == Role.SERVER ? Role.CLIENT : Role.SERVER;
        OutboundHalf half = half(role);
        RecordingHandler handler = new RecordingHandler(Delivery.whole(1 << 20));
        InboundHalf inbound = new ProtocolEngine(peer, new Limits(1 << 20, 1), List.of(), handler).inbound();
        List<String> expected = new ArrayList<>();
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            byte[] payload = new byte[random.nextInt(60_000)];
            random.nextBytes(payload);
            List<ByteBuffer> buffers = new ArrayList<>();
            for (int from = 0; from < payload.length; ) {
                int bytes = Math.min(payload.length - from, random.nextInt(round % 2 == 0 ? 20_000 : 300));
                buffers.add(ByteBuffer.wrap(payload, from, bytes));
                from += bytes;
            }
            buffers.add(ByteBuffer.allocate(0));
            buffers.add(0, ByteBuffer.allocate(0));
            half.data(Opcode.BINARY, buffers, true, true, out);
            expected.add("start BINARY");
            expected.add("binary " + RecordingHandler.hex(ByteBuffer.wrap(payload)));
        }
        inbound.receive(ByteBuffer.wrap(out.bytes()));
        assertThat(handler.events).isEqualTo(expected);
        assertThat(half.messageInProgress()).isFalse();
    }

    @Test
    void aPayloadInSeveralBuffersMayBeAPart() {
        OutboundHalf server = half(Role.SERVER);
        server.data(Opcode.TEXT, List.of(utf8("He"), utf8("l")), false, true, out);
        assertThat(server.messageInProgress()).isTrue();
        server.data(Opcode.TEXT, List.of(utf8("l"), utf8("o")), false, true, out);
        server.data(Opcode.TEXT, List.of(utf8("!")), true, true, out);
        assertThat(RecordingHandler.hex(ByteBuffer.wrap(out.bytes()))).isEqualTo("010348656c" + "00026c6f" + "800121");
        assertThat(server.messageInProgress()).isFalse();
    }

    @Test
    void aServerGathersLargePayloadsAndCopiesSmallOnes() {
        OutboundHalf server = half(Role.SERVER);
        server.data(Opcode.BINARY, ByteBuffer.allocate(8191), true, true, out);
        server.data(Opcode.BINARY, ByteBuffer.allocate(8192), true, true, out);
        assertThat(out.appended).containsExactly(8192);
    }

    @Test
    void aMessageInProgressMayBeFollowedOnlyByItsOwnParts() {
        OutboundHalf half = half(Role.CLIENT);
        assertThat(half.messageInProgress()).isFalse();
        half.data(Opcode.TEXT, utf8("a"), false, true, out);
        assertThat(half.messageInProgress()).isTrue();
        assertThatThrownBy(() -> half.data(Opcode.BINARY, utf8("b"), true, true, out))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TEXT");
        half.data(Opcode.TEXT, utf8("b"), true, true, out);
        assertThat(half.messageInProgress()).isFalse();
        half.data(Opcode.BINARY, utf8("b"), true, true, out);
    }

    @ParameterizedTest
    @EnumSource(
            value = Opcode.class,
            names = {"TEXT", "BINARY"},
            mode = EnumSource.Mode.EXCLUDE)
    void dataIsTextOrBinary(Opcode opcode) {
        assertThatThrownBy(() -> half(Role.SERVER).data(opcode, utf8(""), true, true, out))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aControlFrameCarries125Bytes() {
        OutboundHalf half = half(Role.SERVER);
        half.ping(ByteBuffer.allocate(125), out);
        half.pong(ByteBuffer.allocate(125), out);
        assertThatThrownBy(() -> half.ping(ByteBuffer.allocate(126), out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("126");
        assertThatThrownBy(() -> half.pong(ByteBuffer.allocate(126), out)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingFollowsTheCloseFrame() {
        OutboundHalf half = half(Role.SERVER);
        assertThat(half.close(ClosePayload.NONE, out)).isEqualTo(CloseHandshake.Outcome.NOTHING_MORE);
        assertThatThrownBy(() -> half.close(ClosePayload.NONE, out)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> half.ping(utf8(""), out)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> half.data(Opcode.TEXT, utf8(""), true, true, out))
                .isInstanceOf(IllegalStateException.class);
        assertThat(RecordingHandler.hex(ByteBuffer.wrap(out.bytes()))).isEqualTo("8800");
    }

    /** V09: rooms are poisoned, and no poison gets out. */
    @Test
    void nothingOfARoomGetsOutThatWasNotWrittenIntoIt() {
        OutboundHalf server = half(Role.SERVER);
        Random random = new Random(11);
        long sent = 0;
        for (int i = 0; i < 20_000; i++) {
            int bytes = random.nextInt(160); // no length contains the poison
            server.data(Opcode.BINARY, ByteBuffer.allocate(bytes), true, true, out);
            sent += bytes + (bytes < 126 ? 2 : 4);
        }
        server.close(new ClosePayload(1000, "x".repeat(500)), out);
        byte[] wire = out.bytes();
        assertThat(wire).hasSize((int) sent + 127);
        for (byte octet : wire) {
            assertThat(octet == Gathered.POISON).isFalse();
        }
    }
}
