package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferrule.engine.api.Limits;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.frame.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FZ1 and FZ2: any bytes, to a server and to a client. The first byte chooses delivery, limits and compression, the two
 * after it how the bytes are sliced.
 */
public class EngineFuzz {
    private static final long[] MAX_MESSAGE = {0, 10, 1000, Integer.MAX_VALUE};
    private static final int CONFIGURATION_BYTES = 3;

    /** What a connection may tell, as one line of letters: see {@link InboundHandler}. */
    private static final Pattern GRAMMAR = Pattern.compile("(?:p|s(?:p*d)?)*(?:e|sp*e)?(?:s?p*)?");

    static Stream<byte[]> serverSeeds() throws Exception {
        return Corpus.of("server", Role.SERVER);
    }

    static Stream<byte[]> clientSeeds() throws Exception {
        return Corpus.of("client", Role.CLIENT);
    }

    @MethodSource("serverSeeds")
    @FuzzTest(maxDuration = "10m")
    void aServerReadsAnything(byte[] input) {
        check(Role.SERVER, input);
    }

    @MethodSource("clientSeeds")
    @FuzzTest(maxDuration = "10m")
    void aClientReadsAnything(byte[] input) {
        check(Role.CLIENT, input);
    }

    private static void check(Role role, byte[] input) {
        if (input.length < CONFIGURATION_BYTES) {
            return;
        }
        int choice = input[0];
        Random slices = new Random(input[1] << 8 | input[2] & 0xFF);
        byte[] wire = Arrays.copyOfRange(input, CONFIGURATION_BYTES, input.length);
        Delivery delivery = new Delivery(Delivery.Mode.values()[(choice & 3) % 3], MAX_MESSAGE[choice >> 2 & 3]);
        Limits limits = new Limits(Math.max(1, MAX_MESSAGE[choice >> 4 & 3]), 1 + (choice & 0x40));
        try (Deflated deflated = choice < 0 ? new Deflated() : null) {
            Subject subject = new Subject(role, limits, delivery, deflated);
            List<String> events = subject.run(wire, wire.length, null);
            requireSame(events, subject.run(wire, 1, null));
            requireSame(events, subject.run(wire, 1 + slices.nextInt(40), slices));
            assertThat(letters(events)).matches(GRAMMAR);
            if (deflated == null) {
                requireModestAllocation(subject, wire, events.size());
            } else {
                assertThat(deflated.extension().liveStates()).isLessThanOrEqualTo(2);
            }
            requireRoundTrip(role, events);
        }
    }

    private record Subject(Role role, Limits limits, Delivery delivery, Deflated deflated) {
        ProtocolEngine engine(InboundHandler handler) {
            return deflated == null
                    ? new ProtocolEngine(role, limits, List.of(), handler)
                    : deflated.engine(role, limits, "", handler);
        }

        List<String> run(byte[] wire, int most, Random random) {
            RecordingHandler handler = new RecordingHandler(delivery);
            ProtocolEngine engine = engine(handler);
            for (int at = 0; at < wire.length; ) {
                int count = Math.min(wire.length - at, random == null ? most : 1 + random.nextInt(most));
                byte[] slice = Arrays.copyOfRange(wire, at, at + count);
                engine.inbound().receive(ByteBuffer.wrap(slice));
                at += count;
            }
            if (engine.inbound().steps() > 16L * wire.length + 16) {
                throw new AssertionError(engine.inbound().steps() + " steps for " + wire.length + " bytes");
            }
            engine.close();
            return handler.events;
        }
    }

    private static void requireSame(List<String> expected, List<String> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("the slicing shows: " + expected + " became " + actual);
        }
    }

    /**
     * Arrays that grow, and the text they become, are eight times the input at most; a message, however small, is an
     * object.
     */
    private static void requireModestAllocation(Subject subject, byte[] wire, int events) {
        byte[] copy = wire.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy);
        ProtocolEngine engine = subject.engine(new SilentHandler(subject.delivery()));
        long allocated = Allocations.once(() -> engine.inbound().receive(buffer));
        if (allocated > 4096 + 8L * wire.length + 200L * events) {
            throw new AssertionError(allocated + " bytes allocated for " + wire.length);
        }
    }

    /** One letter for an event: start, data, ping or pong, end. */
    private static String letters(List<String> events) {
        StringBuilder letters = new StringBuilder();
        for (String event : events) {
            String kind = event.substring(0, event.indexOf(' '));
            letters.append(
                    switch (kind) {
                        case "start" -> "s";
                        case "text", "binary" -> "d";
                        case "ping", "pong" -> "p";
                        case "close", "violation" -> "e";
                        case "outcome" -> "";
                        default -> "?";
                    });
        }
        return letters.toString();
    }

    /** What was understood, said again by the peer's engine, is understood the same. */
    private static void requireRoundTrip(Role role, List<String> events) {
        Role peer = role == Role.SERVER ? Role.CLIENT : Role.SERVER;
        List<String> messages = new ArrayList<>();
        OutboundHalfTest.Gathered out = new OutboundHalfTest.Gathered();
        OutboundHalf sender =
                new ProtocolEngine(peer, new Limits(1, 1), List.of(), new SilentHandler(Delivery.whole(0))).outbound();
        for (String event : events) {
            String content = event.substring(event.indexOf(' ') + 1);
            if (event.startsWith("text ")) {
                ByteBuffer text = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
                sender.data(Opcode.TEXT, text, true, true, out);
                messages.add("start TEXT");
            } else if (event.startsWith("binary ")) {
                ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(content));
                sender.data(Opcode.BINARY, bytes, true, true, out);
                messages.add("start BINARY");
            } else if (event.startsWith("ping ")) {
                sender.ping(ByteBuffer.wrap(HexFormat.of().parseHex(content)), out);
            } else if (event.startsWith("pong ")) {
                sender.pong(ByteBuffer.wrap(HexFormat.of().parseHex(content)), out);
            } else {
                continue;
            }
            messages.add(event);
        }
        RecordingHandler handler = new RecordingHandler(Delivery.whole(Integer.MAX_VALUE));
        ProtocolEngine receiver = new ProtocolEngine(role, new Limits(Long.MAX_VALUE, 1), List.of(), handler);
        receiver.inbound().receive(ByteBuffer.wrap(out.bytes()));
        requireSame(messages, handler.events);
    }
}
