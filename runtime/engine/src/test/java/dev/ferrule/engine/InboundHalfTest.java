package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.close.ClosePayload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Demand, ownership, the end of input, and faults of the handler. */
class InboundHalfTest {
    private static final Limits LIMITS = new Limits(1 << 20, 16);

    /** Withdraws its demand whenever it is given something. */
    private static final class Hesitant extends RecordingHandler {
        ProtocolEngine engine;

        Hesitant(Delivery delivery) {
            super(delivery);
        }

        @Override
        public void onText(String message) {
            super.onText(message);
            engine.inbound().withdrawDemand();
        }

        @Override
        public void onTextPart(String part, boolean last) {
            super.onTextPart(part, last);
            engine.inbound().withdrawDemand();
        }

        @Override
        public void onPing(ByteBuffer payload) {
            super.onPing(payload);
            engine.inbound().withdrawDemand();
        }
    }

    private static Hesitant hesitant(Role role, Delivery delivery) {
        Hesitant handler = new Hesitant(delivery);
        handler.engine = new ProtocolEngine(role, LIMITS, List.of(), handler);
        return handler;
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withdrawnDemandLeavesTheRestUnread(Role role) {
        Hesitant handler = hesitant(role, Delivery.whole(100));
        InboundHalf half = handler.engine.inbound();
        ByteBuffer bytes = ByteBuffer.wrap(Wire.script(role, "81:one 89:two 81:three"));
        List<Integer> events = new ArrayList<>();
        while (!half.receive(bytes)) {
            assertThat(half.receive(bytes)).as("without demand").isFalse();
            events.add(handler.events.size());
            half.renewDemand();
        }
        assertThat(events).containsExactly(2, 3, 5);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(handler.events).containsExactly("start TEXT", "text one", "ping 74776f", "start TEXT", "text three");
    }

    @Test
    void withdrawnDemandEndsTheCallAlsoWhenNothingIsLeft() {
        Hesitant handler = hesitant(Role.SERVER, Delivery.whole(100));
        ByteBuffer bytes = ByteBuffer.wrap(Wire.script(Role.SERVER, "81:one"));
        assertThat(handler.engine.inbound().receive(bytes)).isFalse();
        assertThat(bytes.hasRemaining()).isFalse();
        handler.engine.inbound().renewDemand();
        assertThat(handler.engine.inbound().receive(bytes)).isTrue();
    }

    @Test
    void aPartThatIsTakenLetsTheNextWait() {
        Hesitant handler = hesitant(Role.SERVER, Delivery.parts(100));
        ByteBuffer bytes = ByteBuffer.wrap(Wire.script(Role.SERVER, "01:one 00:two 80:three"));
        assertThat(handler.engine.inbound().receive(bytes)).isFalse();
        assertThat(handler.parts).containsExactly("one");
        handler.engine.inbound().renewDemand();
        assertThat(handler.engine.inbound().receive(bytes)).isFalse();
        assertThat(handler.parts).containsExactly("one", "two");
    }

    @Test
    void partsAreCutAtCharactersAndOnlyTheLastMayBeEmpty() {
        RecordingHandler handler = new RecordingHandler(Delivery.parts(100));
        InboundHalf half = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler).inbound();
        for (byte octet : Wire.script(Role.CLIENT, "01:a€ 00: 00:#f09f98 80:#80 01:x 80: 02:#01 80:")) {
            half.receive(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertThat(handler.parts).containsExactly("a", "€", "😀", "x", "", "01", "");
        assertThat(handler.events)
                .containsExactly("start TEXT", "text a€😀", "start TEXT", "text x", "start BINARY", "binary 01");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void buffersOfEitherKindAndOrderAreRead(Role role) {
        byte[] wire = Wire.script(role, "81:Grüße*1 82:abcdefghijklmnopqrstuvwxyz 01:ä 80:ö 89:pong");
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (boolean direct : new boolean[] {false, true}) {
                ByteBuffer bytes = direct ? ByteBuffer.allocateDirect(wire.length) : ByteBuffer.allocate(wire.length);
                bytes.put(0, wire).order(order);
                RecordingHandler handler = new RecordingHandler(Delivery.whole(100));
                new ProtocolEngine(role, LIMITS, List.of(), handler).inbound().receive(bytes);
                assertThat(handler.events)
                        .containsExactly(
                                "start TEXT",
                                "text Grüße",
                                "start BINARY",
                                "binary 6162636465666768696a6b6c6d6e6f707172737475767778797a",
                                "start TEXT",
                                "text äö",
                                "ping 706f6e67");
            }
        }
    }

    @Test
    void everyMessageMayBeDeliveredInItsOwnShape() {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(100));
        InboundHalf half = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler).inbound();
        for (Delivery.Mode mode : new Delivery.Mode[] {
            Delivery.Mode.WHOLE, Delivery.Mode.PARTS, Delivery.Mode.PARTS, Delivery.Mode.DISCARD, Delivery.Mode.WHOLE
        }) {
            handler.delivery = new Delivery(mode, 100);
            ByteBuffer direct = ByteBuffer.allocateDirect(5).put(0, Wire.script(Role.CLIENT, "81:" + "é_"));
            half.receive(direct);
        }
        handler.events.removeIf("start TEXT"::equals);
        assertThat(handler.events).containsExactly("text é ", "text é ", "text é ", "text é ");
        assertThat(handler.parts).containsExactly("é ", "é ");
    }

    @Test
    void whatTheHandlerKeepsIsItsOwn() {
        List<ByteBuffer> kept = new ArrayList<>();
        RecordingHandler handler = new RecordingHandler(Delivery.whole(100)) {
            @Override
            public void onBinary(ByteBuffer message) {
                kept.add(message);
            }

            @Override
            public void onPing(ByteBuffer payload) {
                kept.add(payload);
            }
        };
        InboundHalf half = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler).inbound();
        ByteBuffer bytes = ByteBuffer.wrap(Wire.script(Role.CLIENT, "82:abc 89:def 02:g 80:hi"));
        half.receive(bytes);
        bytes.clear();
        Arrays.fill(bytes.array(), (byte) 0);
        assertThat(kept).extracting(RecordingHandler::hex).containsExactly("616263", "646566", "676869");
    }

    @Test
    void theEndOfInputEndsTheConnection() {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(100));
        ProtocolEngine engine = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler);
        engine.inbound().receive(ByteBuffer.wrap(Wire.script(Role.CLIENT, "01:half")));
        assertThat(engine.inbound().receiveEof()).isEqualTo(CloseHandshake.Outcome.CONNECTION_OVER);
        ByteBuffer late = ByteBuffer.wrap(Wire.script(Role.CLIENT, "80:late ff:x"));
        assertThat(engine.inbound().receive(late)).isTrue();
        assertThat(late.hasRemaining()).isFalse();
        assertThat(handler.events).containsExactly("start TEXT");
    }

    @Test
    void theEndOfInputMayComeAtEveryByte() {
        byte[] wire = Wire.script(Role.SERVER, "01:ab 89:ping 80:cd 82:x*200 88:#03e8");
        for (int cut = 0; cut <= wire.length; cut++) {
            RecordingHandler handler = new RecordingHandler(Delivery.whole(1000));
            ProtocolEngine engine = new ProtocolEngine(Role.SERVER, LIMITS, List.of(), handler);
            engine.inbound().receive(ByteBuffer.wrap(Arrays.copyOf(wire, cut)));
            assertThat(engine.inbound().receiveEof()).isEqualTo(CloseHandshake.Outcome.CONNECTION_OVER);
            assertThat(engine.closing().isOver()).isTrue();
            assertThat(engine.closing().isClean()).isFalse();
            assertThat(handler.events.stream().filter(event -> event.startsWith("text ")))
                    .hasSize(handler.events.contains("text abcd") ? 1 : 0);
        }
    }

    @Test
    void aFaultOfTheHandlerFailsTheConnectionWithItsCauseAndNoText() {
        for (Throwable fault : List.of(new IllegalStateException("secret"), new StackOverflowError("secret"))) {
            RecordingHandler handler = new RecordingHandler(Delivery.whole(100)) {
                @Override
                public void onText(String message) {
                    if (fault instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) fault;
                }
            };
            ProtocolEngine engine = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler);
            engine.inbound().receive(ByteBuffer.wrap(Wire.script(Role.CLIENT, "81:a 81:b")));
            assertThat(handler.events).containsExactly("start TEXT", "violation 1011", "outcome CONNECTION_OVER");
            ProtocolViolation violation = handler.violations.get(0);
            assertThat(violation.getMessage()).isEmpty();
            assertThat(violation).hasCause(fault);
        }
    }

    @Test
    void aViolationAfterTheEndIsNotTold() {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(100));
        ProtocolEngine engine = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler);
        engine.closing().failed();
        engine.inbound().receive(ByteBuffer.wrap(Wire.script(Role.CLIENT, "83:x")));
        assertThat(handler.events).isEmpty();
    }

    @Test
    void aViolationSaysWhatAndWhere() {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(100));
        ProtocolEngine engine = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler);
        engine.inbound().receive(ByteBuffer.wrap(Wire.script(Role.CLIENT, "83:x")));
        ProtocolViolation violation = handler.violations.get(0);
        assertThat(violation.getMessage()).contains("opcode 3");
        assertThat(violation.source()).isEqualTo("RFC 6455 §5.2");
        assertThat(violation.getStackTrace()).isEmpty();
    }

    @Test
    void thePeersCloseAsksForAReplyAndOursCompletesIt() {
        RecordingHandler handler = new RecordingHandler(Delivery.whole(100));
        ProtocolEngine engine = new ProtocolEngine(Role.CLIENT, LIMITS, List.of(), handler);
        engine.inbound().receive(ByteBuffer.wrap(Wire.script(Role.CLIENT, "88:#03e8")));
        assertThat(handler.events).containsExactly("close 1000 ", "outcome SEND_CLOSE_REPLY");
        assertThat(engine.closing().queueClose()).isTrue();
        assertThat(engine.closing().queueClose()).isFalse();
        assertThat(engine.outbound().close(new ClosePayload(1000, ""), new OutboundHalfTest.Gathered()))
                .isEqualTo(CloseHandshake.Outcome.CONNECTION_OVER);
        assertThat(engine.closing().isClean()).isTrue();
    }
}
