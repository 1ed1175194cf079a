package dev.ferrule.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.Delivery;
import dev.ferrule.engine.ForgetfulHandler;
import dev.ferrule.engine.Output;
import dev.ferrule.engine.ProtocolEngine;
import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.extension.FrameExtension.Agreement;
import dev.ferrule.engine.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's own extensions, alone and beside others (RFC 6455 §9). */
class CustomExtensionTest {
    /** Writes every byte {@code times} over, and adds a number to it: easy to tell apart, and order matters. */
    private record Shifting(String name, int rsvBits, int times, int shift, List<String> closed)
            implements FrameExtension {
        @Override
        public List<ExtensionOffer> offers() {
            return List.of(new ExtensionOffer(name, List.of()));
        }

        @Override
        public @Nullable Agreement acceptOffer(ExtensionOffer offer) {
            return offer.parameters().isEmpty() ? new Agreement(offer, () -> new Shift(this)) : null;
        }

        @Override
        public Agreement acceptResponse(ExtensionOffer response, List<ExtensionOffer> offers) throws HandshakeFailure {
            if (!offers.contains(response)) {
                throw new HandshakeFailure("not offered");
            }
            return new Agreement(response, () -> new Shift(this));
        }
    }

    private static final class Shift implements FrameTransform {
        private final Shifting extension;
        private int skip;
        private boolean empty;

        Shift(Shifting extension) {
            this.extension = extension;
        }

        @Override
        public int rsvBits() {
            return extension.rsvBits();
        }

        @Override
        public boolean beginInbound(Opcode opcode, int bits) {
            skip = 0;
            return bits == extension.rsvBits();
        }

        @Override
        public boolean inbound(ByteBuffer source, ByteBuffer target, boolean last) {
            while (source.hasRemaining()) {
                if (skip == 0 && !target.hasRemaining()) {
                    return true;
                }
                byte octet = source.get();
                if (skip == 0) {
                    target.put((byte) (octet - extension.shift()));
                }
                skip = (skip + 1) % extension.times();
            }
            return false;
        }

        @Override
        public boolean beginOutbound(Opcode opcode, boolean compress) {
            empty = true;
            return opcode == Opcode.BINARY;
        }

        @Override
        public @Nullable ByteBuffer outbound(ByteBuffer part, boolean last) {
            if (empty && part.remaining() == 1) {
                part.get();
                return null;
            }
            empty = false;
            ByteBuffer result = ByteBuffer.allocate(part.remaining() * extension.times());
            while (part.hasRemaining()) {
                byte octet = part.get();
                for (int i = 0; i < extension.times(); i++) {
                    result.put((byte) (octet + extension.shift()));
                }
            }
            return result.flip();
        }

        @Override
        public void close() {
            extension.closed().add(extension.name());
            if (extension.name().equals("faulty")) {
                throw new IllegalStateException("faulty");
            }
        }
    }

    private static final class Wire implements Output {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private ByteBuffer room = ByteBuffer.allocate(0);

        @Override
        public ByteBuffer room(int minBytes) {
            bytes();
            room = ByteBuffer.allocate(minBytes);
            return room;
        }

        @Override
        public void append(ByteBuffer payload) {
            bytes();
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            bytes.writeBytes(copy);
        }

        byte[] bytes() {
            bytes.write(room.array(), 0, room.position());
            room = ByteBuffer.allocate(0);
            return bytes.toByteArray();
        }
    }

    private final List<String> closed = new ArrayList<>();
    private final Shifting two = new Shifting("twice", FrameTransform.RSV2, 2, 1, closed);
    private final Shifting three = new Shifting("thrice", FrameTransform.RSV3, 3, 10, closed);

    private static List<FrameTransform> transforms(List<Agreement> agreements) {
        return agreements.stream()
                .map(agreement -> agreement.transforms().get())
                .toList();
    }

    @Test
    void aServerAnswersInTheOrderOfTheClientAndEachAtMostOnce() throws Exception {
        List<ExtensionOffer> offers = ExtensionOffer.parse(List.of("unknown, thrice; no, thrice, twice, thrice"));
        List<Agreement> agreements = ExtensionNegotiation.answer(List.of(two, three), offers);
        assertThat(agreements)
                .extracting(agreement -> agreement.response().name())
                .containsExactly("thrice", "twice");
    }

    @Test
    void anExtensionWhoseBitIsTakenIsDeclined() throws Exception {
        Shifting rival = new Shifting("rival", FrameTransform.RSV2 | FrameTransform.RSV1, 1, 1, closed);
        List<Agreement> agreements =
                ExtensionNegotiation.answer(List.of(two, rival), ExtensionOffer.parse(List.of("rival, twice")));
        assertThat(agreements)
                .extracting(agreement -> agreement.response().name())
                .containsExactly("rival");
        List<ExtensionOffer> answers = ExtensionOffer.parse(List.of("rival, twice"));
        assertThatThrownBy(() -> ExtensionNegotiation.confirm(List.of(two, rival), answers, answers))
                .isInstanceOf(HandshakeFailure.class)
                .hasMessageContaining("twice");
        List<FrameTransform> both = List.of(new Shift(two), new Shift(rival));
        assertThatThrownBy(() -> new ProtocolEngine(Role.SERVER, new Limits(1, 1), both, new ForgetfulHandler()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClientOffersAllAndConfirmsWhatFollowsFromIt() throws Exception {
        List<FrameExtension> installed = List.of(two, three);
        List<ExtensionOffer> offers = ExtensionNegotiation.offers(installed);
        assertThat(ExtensionOffer.print(offers)).isEqualTo("twice, thrice");
        assertThat(ExtensionNegotiation.confirm(installed, offers, ExtensionOffer.parse(List.of("thrice"))))
                .hasSize(1);
        for (String wrong : List.of("twice; x", "other")) {
            List<ExtensionOffer> answers = ExtensionOffer.parse(List.of(wrong));
            assertThatThrownBy(() -> ExtensionNegotiation.confirm(installed, offers, answers))
                    .isInstanceOf(HandshakeFailure.class);
        }
    }

    @Test
    void operationsHappenInTheOrderOfTheAnswer() throws Exception {
        List<Agreement> agreed =
                ExtensionNegotiation.answer(List.of(two, three), ExtensionOffer.parse(List.of("twice, thrice")));
        Wire wire = new Wire();
        ProtocolEngine server =
                new ProtocolEngine(Role.SERVER, new Limits(100, 9), transforms(agreed), new ForgetfulHandler());
        server.outbound().data(Opcode.BINARY, ByteBuffer.wrap(new byte[] {0, 100}), true, true, wire);
        server.outbound().data(Opcode.TEXT, ByteBuffer.wrap(new byte[] {65}), true, true, wire);
        server.outbound().data(Opcode.BINARY, ByteBuffer.wrap(new byte[] {7}), true, true, wire);
        assertThat(wire.bytes())
                .as("twice first, then thrice: 2 * 2 * 3 bytes; texts pass by; one byte only thrice leaves alone")
                .startsWith(0xB2, 12, 11, 11, 11, 11, 11, 11, 111, 111, 111, 111, 111, 111)
                .endsWith(0x81, 1, 65, 0x82, 1, 7);
        server.close();
        assertThat(closed).containsExactly("twice", "thrice");
    }

    @Test
    void whatOneEndFoldsTheOtherUnfoldsThroughAnyNumberOfTransforms() throws Exception {
        PerMessageDeflate deflate = new PerMessageDeflate(new DeflateSettings(6, 0, true, true, 15, 15));
        for (String order : List.of(
                "twice",
                "thrice, twice",
                "twice, permessage-deflate",
                "permessage-deflate, thrice",
                "twice, permessage-deflate, thrice",
                "permessage-deflate, twice, thrice")) {
            List<FrameExtension> installed = List.of(two, three, deflate);
            List<Agreement> agreed = ExtensionNegotiation.answer(installed, ExtensionOffer.parse(List.of(order)));
            for (int slice : new int[] {1, 1000, 1 << 20}) {
                Wire wire = new Wire();
                StringBuilder expected = new StringBuilder();
                ProtocolEngine server = new ProtocolEngine(
                        Role.SERVER, new Limits(1 << 20, 100), transforms(agreed), new ForgetfulHandler());
                send(server, wire, expected);
                ForgetfulHandler client =
                        new ForgetfulHandler(slice == 1 ? Delivery.parts(1 << 20) : Delivery.whole(1 << 20));
                ProtocolEngine receiver =
                        new ProtocolEngine(Role.CLIENT, new Limits(1 << 20, 100), transforms(agreed), client);
                byte[] bytes = wire.bytes();
                for (int at = 0; at < bytes.length; at += slice) {
                    int count = Math.min(slice, bytes.length - at);
                    receiver.inbound().receive(ByteBuffer.wrap(bytes, at, count));
                }
                assertThat(client.data()).as("%s by %d", order, slice).isEqualTo(expected.toString());
                server.close();
                receiver.close();
            }
        }
        deflate.close();
        assertThat(deflate.liveStates()).isZero();
    }

    /** More may arrive before somebody who wanted no more reads on. */
    @ParameterizedTest
    @ValueSource(ints = {10, 50, 100, 150})
    void aReceiverThatStopsAtEachPartGetsAllOfThem(int slice) throws Exception {
        PerMessageDeflate deflate = new PerMessageDeflate(new DeflateSettings(6, 0, true, true, 15, 15));
        List<FrameExtension> installed = List.of(two, three, deflate);
        for (String order : List.of("permessage-deflate, thrice", "thrice, permessage-deflate")) {
            List<Agreement> agreed = ExtensionNegotiation.answer(installed, ExtensionOffer.parse(List.of(order)));
            Wire wire = new Wire();
            StringBuilder expected = new StringBuilder();
            ProtocolEngine server = new ProtocolEngine(
                    Role.SERVER, new Limits(1 << 20, 100), transforms(agreed), new ForgetfulHandler());
            send(server, wire, expected);
            ForgetfulHandler client = new ForgetfulHandler(Delivery.parts(1 << 20));
            ProtocolEngine receiver =
                    new ProtocolEngine(Role.CLIENT, new Limits(1 << 20, 100), transforms(agreed), client);
            client.atParts(receiver.inbound()::withdrawDemand);
            ByteBuffer bytes = ByteBuffer.wrap(wire.bytes());
            int arrived = 0;
            for (int turns = 0; turns < 100_000 && client.data().length() < expected.length(); turns++) {
                if (bytes.position() == arrived) {
                    arrived = Math.min(bytes.capacity(), arrived + slice);
                }
                receiver.inbound().renewDemand();
                receiver.inbound().receive(bytes.limit(arrived));
            }
            assertThat(client.data()).as(order).isEqualTo(expected.toString());
            server.close();
            receiver.close();
        }
        deflate.close();
    }

    private static void send(ProtocolEngine server, Wire wire, StringBuilder expected) {
        for (String text : List.of("", "a", "ab", "abc".repeat(10_000), "xyz".repeat(300), "a".repeat(8192))) {
            byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
            server.outbound().data(Opcode.BINARY, ByteBuffer.wrap(payload), true, true, wire);
            server.outbound().data(Opcode.TEXT, ByteBuffer.wrap(payload), true, payload.length > 2, wire);
            server.outbound().data(Opcode.BINARY, ByteBuffer.wrap(payload), false, true, wire);
            server.outbound().data(Opcode.BINARY, ByteBuffer.wrap(payload), true, true, wire);
            expected.append(text)
                    .append('|')
                    .append(text)
                    .append('|')
                    .append(text.repeat(2))
                    .append('|');
        }
    }

    @Test
    void everyTransformIsClosedOnceEvenWhenOneFails() {
        Shifting faulty = new Shifting("faulty", 0, 1, 1, closed);
        List<FrameTransform> transforms = List.of(new Shift(two), new Shift(faulty), new Shift(three));
        ProtocolEngine engine = new ProtocolEngine(Role.CLIENT, new Limits(1, 1), transforms, new ForgetfulHandler());
        assertThatThrownBy(engine::close).hasMessage("faulty");
        engine.close();
        assertThat(closed).containsExactly("twice", "faulty", "thrice");
    }
}
