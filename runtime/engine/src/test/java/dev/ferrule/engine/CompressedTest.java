package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.extension.DeflateSettings;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compression between the halves: V10 (bombs), V13 (life of zlib states), V14 (opting out), demand. */
class CompressedTest {
    private static final Limits LIMITS = new Limits(1 << 24, 1000);

    private final Deflated deflated = new Deflated();

    @AfterEach
    void everyZlibStateHasBeenEnded() {
        deflated.close();
        assertThat(deflated.extension().liveStates()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Delivery.Mode.class)
    void aBombStopsOneByteBeyondTheLimit(Delivery.Mode mode) {
        byte[] bomb = Deflated.zlib(new byte[10 << 20]);
        int limit = 64 * 1024;
        for (Role role : Role.values()) {
            byte[] wire = Wire.to(role).frame(0xC2, bomb).bytes();
            long[] delivered = new long[1];
            long allocated = Allocations.of(() -> {
                SilentHandler handler = new SilentHandler(new Delivery(mode, limit));
                ProtocolEngine engine = deflated.engine(role, LIMITS, "; client_no_context_takeover", handler);
                engine.inbound().receive(ByteBuffer.wrap(wire.clone()));
                engine.close();
                assertThat(handler.lastViolation).isEqualTo(1009);
                delivered[0] = handler.dataBytes;
            });
            assertThat(delivered[0]).isLessThanOrEqualTo(limit);
            assertThat(allocated - wire.length).isLessThanOrEqualTo(256 * 1024);
        }
    }

    @ParameterizedTest
    @EnumSource(Delivery.Mode.class)
    void aMessageThatUnfoldsToExactlyTheLimitIsTaken(Delivery.Mode mode) {
        for (int bytes : new int[] {0, 1, 8191, 8192, 8193, 100_000}) {
            for (int more : new int[] {0, 1}) {
                byte[] wire = Wire.to(Role.SERVER)
                        .frame(0xC2, Deflated.zlib(new byte[bytes + more]))
                        .bytes();
                SilentHandler handler = new SilentHandler(new Delivery(mode, bytes));
                ProtocolEngine engine = deflated.engine(Role.SERVER, LIMITS, "", handler);
                engine.inbound().receive(ByteBuffer.wrap(wire));
                engine.close();
                assertThat(handler.lastViolation).as("%d + %d", bytes, more).isEqualTo(more * 1009);
            }
        }
    }

    @Test
    void aBombInFragmentsAndAThousandSmallOnesStopAsWell() {
        byte[] bomb = Deflated.zlib(new byte[1 << 20]);
        Wire wire = Wire.to(Role.CLIENT);
        for (int i = 0; i < bomb.length; i++) {
            wire.frame(i == 0 ? 0x42 : i == bomb.length - 1 ? 0x80 : 0x00, new byte[] {bomb[i]});
        }
        SilentHandler handler = new SilentHandler(Delivery.whole(10_000));
        ProtocolEngine engine = deflated.engine(Role.CLIENT, new Limits(100, 2000), "", handler);
        engine.inbound().receive(ByteBuffer.wrap(wire.bytes()));
        engine.close();
        assertThat(handler.lastViolation).isEqualTo(1009);

        byte[] small =
                Wire.to(Role.CLIENT).frame(0xC2, Deflated.zlib(new byte[9_000])).bytes();
        SilentHandler patient = new SilentHandler(Delivery.whole(10_000));
        ProtocolEngine other = deflated.engine(Role.CLIENT, new Limits(100, 2000), "", patient);
        for (int i = 0; i < 1000; i++) {
            other.inbound().receive(ByteBuffer.wrap(small.clone()));
        }
        other.close();
        assertThat(patient.messages).isEqualTo(1000);
        assertThat(patient.dataBytes).isEqualTo(9_000_000);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whateverIsSentArrivesInAnyShape(Role role) {
        Role peer = role == Role.SERVER ? Role.CLIENT : Role.SERVER;
        for (String parameters : List.of(
                "", "; server_no_context_takeover", "; server_max_window_bits=8", "; client_no_context_takeover")) {
            RecordingHandler handler = new RecordingHandler(Delivery.whole(1 << 20));
            ProtocolEngine sender = deflated.engine(role, LIMITS, parameters, new SilentHandler(Delivery.whole(0)));
            String mirrored = parameters
                    .replace("server", "@")
                    .replace("client", "server")
                    .replace("@", "client");
            ProtocolEngine receiver = deflated.engine(peer, LIMITS, mirrored, handler);
            OutboundHalfTest.Gathered out = new OutboundHalfTest.Gathered();
            List<String> expected = new ArrayList<>();
            Random random = new Random(1);
            for (int i = 0; i < 60; i++) {
                String text = "Grüße €😀 ".repeat(random.nextInt(800)) + i;
                ByteBuffer payload = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                int cut = random.nextInt(payload.remaining());
                boolean compress = i % 5 != 0;
                if (i % 3 == 0) {
                    sender.outbound().data(Opcode.TEXT, payload.slice(0, cut), false, compress, out);
                    sender.outbound().ping(ByteBuffer.allocate(i), out);
                    ByteBuffer rest = payload.slice(cut, payload.remaining() - cut);
                    sender.outbound().data(Opcode.TEXT, rest, true, compress, out);
                    expected.add("start TEXT");
                    expected.add("ping " + "00".repeat(i));
                } else {
                    sender.outbound().data(Opcode.TEXT, payload, true, compress, out);
                    expected.add("start TEXT");
                }
                assertThat(payload.position()).isZero();
                expected.add("text " + text);
            }
            byte[] wire = out.bytes();
            assertThat(Slices.run(new Slices.Subject(receiver, handler), wire, 5000, random))
                    .isEqualTo(expected);
            sender.close();
        }
    }

    @Test
    void aMessageThatOptsOutNeverHasTheBit() {
        ProtocolEngine engine = deflated.engine(Role.SERVER, LIMITS, "", new SilentHandler(Delivery.whole(0)));
        OutboundHalfTest.Gathered out = new OutboundHalfTest.Gathered();
        byte[] text = new byte[1000];
        engine.outbound().data(Opcode.TEXT, ByteBuffer.wrap(text), true, false, out);
        engine.outbound().data(Opcode.TEXT, ByteBuffer.wrap(text), false, false, out);
        engine.outbound().data(Opcode.TEXT, ByteBuffer.wrap(text), true, true, out);
        byte[] wire = out.bytes();
        assertThat(wire).hasSize(3 * 1004);
        assertThat(new byte[] {wire[0], wire[1004], wire[2008]}).containsExactly(0x81, 0x01, 0x80);
        engine.outbound().data(Opcode.TEXT, ByteBuffer.wrap(text), true, true, out);
        assertThat(out.bytes()[3012]).isEqualTo((byte) 0xC1);
        engine.close();
        engine.close();
    }

    @Test
    void aPayloadInSeveralBuffersIsCompressedBufferByBuffer() {
        OutboundHalfTest.Gathered out = new OutboundHalfTest.Gathered();
        ProtocolEngine sender = deflated.engine(Role.SERVER, LIMITS, "", new SilentHandler(Delivery.whole(0)));
        RecordingHandler handler = new RecordingHandler(Delivery.whole(1 << 20));
        ProtocolEngine receiver = deflated.engine(Role.CLIENT, LIMITS, "", handler);
        byte[] text = "abcdefgh".repeat(5000).getBytes(StandardCharsets.UTF_8);
        List<ByteBuffer> buffers = List.of(
                ByteBuffer.wrap(text, 0, 16_384),
                ByteBuffer.wrap(text, 16_384, 16_384),
                ByteBuffer.wrap(text, 32_768, 7232));
        sender.outbound().data(Opcode.BINARY, buffers.subList(0, 1), false, true, out);
        sender.outbound().data(Opcode.BINARY, buffers.subList(1, 3), true, true, out);
        byte[] wire = out.bytes();
        assertThat(wire).hasSizeLessThan(1000);
        receiver.inbound().receive(ByteBuffer.wrap(wire));
        assertThat(handler.events)
                .containsExactly("start BINARY", "binary " + RecordingHandler.hex(ByteBuffer.wrap(text)));
        sender.close();
        receiver.close();
    }

    /** Withdraws demand after each part. */
    private static final class OneByOne extends RecordingHandler {
        ProtocolEngine engine;

        OneByOne(Delivery delivery) {
            super(delivery);
        }

        @Override
        public void onBinaryPart(ByteBuffer part, boolean last) {
            super.onBinaryPart(part, last);
            engine.inbound().withdrawDemand();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whatIsHeldInsideComesOutWithTheNextDemandAlsoWithoutFurtherBytes(Role role) {
        byte[] message = new byte[100_000];
        byte[] zlib = Deflated.zlib(message);
        byte[] wire = Wire.to(role)
                .frame(0x42, Arrays.copyOf(zlib, 20))
                .frame(0x80, Arrays.copyOfRange(zlib, 20, zlib.length))
                .frame(0x89, new byte[0])
                .bytes();
        for (int slice : new int[] {1, 7, wire.length}) {
            OneByOne handler = new OneByOne(Delivery.parts(message.length));
            handler.engine = deflated.engine(role, LIMITS, "", handler);
            InboundHalf half = handler.engine.inbound();
            for (int at = 0; at < wire.length; at += slice) {
                byte[] copy = Arrays.copyOfRange(wire, at, Math.min(wire.length, at + slice));
                ByteBuffer bytes = ByteBuffer.wrap(copy);
                int parts = handler.parts.size();
                while (!half.receive(bytes)) {
                    assertThat(handler.parts).as("one part for one demand").hasSize(++parts);
                    half.renewDemand();
                }
                assertThat(bytes.hasRemaining()).isFalse();
            }
            assertThat(handler.events)
                    .containsExactly("start BINARY", "binary " + "00".repeat(message.length), "ping ");
            assertThat(handler.parts).hasSizeGreaterThanOrEqualTo(12);
            handler.engine.close();
        }
    }

    @Test
    void idleConnectionsHoldNothingAndClosedOnesNeither() {
        Deflated frugal = new Deflated(DeflateSettings.DEFAULT);
        byte[] text = "compress me ".repeat(50).getBytes(StandardCharsets.UTF_8);
        byte[] wire = Wire.to(Role.SERVER).frame(0xC1, Deflated.zlib(text)).bytes();
        ProtocolEngine[] engines = new ProtocolEngine[1000];
        for (int i = 0; i < engines.length; i++) {
            engines[i] = frugal.engine(
                    Role.SERVER, LIMITS, "; server_no_context_takeover", new SilentHandler(Delivery.whole(10_000)));
        }
        assertThat(frugal.extension().liveStates()).isZero();
        int processors = Runtime.getRuntime().availableProcessors();
        for (ProtocolEngine engine : engines) {
            engine.inbound().receive(ByteBuffer.wrap(wire.clone()));
            engine.outbound().data(Opcode.TEXT, ByteBuffer.wrap(text), true, true, new OutboundHalfTest.Gathered());
            assertThat(frugal.extension().liveStates()).isLessThanOrEqualTo(2 * processors);
        }
        for (ProtocolEngine engine : engines) {
            engine.close();
        }
        frugal.close();
        assertThat(frugal.extension().liveStates()).isZero();
    }

    @Test
    void thousandsOfConnectionsEndWhatTheyBegan() {
        byte[] half =
                Wire.to(Role.SERVER).frame(0x41, new byte[] {(byte) 0xF2, 0x48}).bytes();
        SilentHandler handler = new SilentHandler(Delivery.whole(10_000));
        int processors = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < 20_000; i++) {
            ProtocolEngine engine = deflated.engine(Role.SERVER, LIMITS, "", handler);
            engine.inbound().receive(ByteBuffer.wrap(half.clone()));
            engine.close();
            if (deflated.extension().liveStates() > processors) {
                assertThat(deflated.extension().liveStates()).isLessThanOrEqualTo(processors);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Delivery.Mode.class,
            names = {"WHOLE", "PARTS"})
    void whatTheHandlerKeepsOfACompressedMessageIsItsOwn(Delivery.Mode mode) {
        List<ByteBuffer> kept = new ArrayList<>();
        for (byte octet : new byte[] {1, 2}) { // two connections of one thread
            byte[] message = new byte[50];
            Arrays.fill(message, octet);
            ProtocolEngine engine =
                    deflated.engine(Role.CLIENT, LIMITS, "", new Keeping(new Delivery(mode, 100), kept));
            engine.inbound()
                    .receive(ByteBuffer.wrap(Wire.to(Role.CLIENT)
                            .frame(0xC2, Deflated.zlib(message))
                            .bytes()));
            engine.close();
        }
        assertThat(kept).extracting(RecordingHandler::hex).containsExactly("01".repeat(50), "02".repeat(50));
    }

    /** Keeps the buffers that it is given. */
    private static final class Keeping extends SilentHandler {
        private final List<ByteBuffer> kept;

        Keeping(Delivery delivery, List<ByteBuffer> kept) {
            super(delivery);
            this.kept = kept;
        }

        @Override
        public void onBinary(ByteBuffer message) {
            kept.add(message);
        }

        @Override
        public void onBinaryPart(ByteBuffer part, boolean last) {
            kept.add(part);
        }
    }

    @Test
    void aSmallCompressedTextAllocatesLittleBesidesItself() {
        int bytes = 1024;
        byte[] wire =
                Wire.to(Role.SERVER).frame(0xC1, Deflated.zlib(new byte[bytes])).bytes();
        SilentHandler handler = new SilentHandler(Delivery.whole(bytes + 1));
        ProtocolEngine engine = deflated.engine(Role.SERVER, LIMITS, "; client_no_context_takeover", handler);
        engine.inbound().receive(ByteBuffer.wrap(wire.clone()));
        ByteBuffer scratch = ByteBuffer.allocate(wire.length);
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 1000; i++) {
                engine.inbound().receive(scratch.clear().put(0, wire));
            }
        });
        engine.close();
        assertThat(handler.messages % 1000).isEqualTo(1);
        assertThat(allocated / 1000).isLessThanOrEqualTo(bytes + 400);
    }

    @Test
    void bytesAfterTheEngineWasClosedAreDropped() {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(10_000));
        ProtocolEngine engine = deflated.engine(Role.SERVER, LIMITS, "", handler);
        engine.closing().failed();
        engine.close();
        ByteBuffer late = ByteBuffer.wrap(
                Wire.to(Role.SERVER).frame(0xC1, Deflated.zlib(new byte[10])).bytes());
        assertThat(engine.inbound().receive(late)).isTrue();
        assertThat(handler.events).containsExactly("start TEXT");
    }
}
