package dev.ferrule.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.extension.FrameExtension.Agreement;
import dev.ferrule.engine.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression itself (RFC 7692 §7.2), message by message, without frames around it. */
class DeflateCodecTest {
    private final PerMessageDeflate extension = new PerMessageDeflate(new DeflateSettings(6, 0, true, true, 15, 15));

    @AfterEach
    void everyZlibStateHasBeenEnded() {
        extension.close();
        assertThat(extension.liveStates()).isZero();
    }

    private FrameTransform agreed(String offer) {
        return agreement(extension, offer).transforms().get();
    }

    private static Agreement agreement(PerMessageDeflate extension, String offer) {
        try {
            List<Agreement> agreements =
                    ExtensionNegotiation.answer(List.of(extension), ExtensionOffer.parse(List.of(offer)));
            return agreements.get(0);
        } catch (HeaderSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] deflate(FrameTransform transform, byte[]... parts) {
        assertThat(transform.beginOutbound(Opcode.BINARY, true)).isTrue();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            ByteBuffer result = transform.outbound(ByteBuffer.wrap(parts[i]), i == parts.length - 1);
            if (result == null) {
                return null;
            }
            byte[] bytes = new byte[result.remaining()];
            result.get(bytes);
            message.writeBytes(bytes);
        }
        return message.toByteArray();
    }

    private static byte[] inflate(FrameTransform transform, byte[] message) throws ProtocolViolation {
        return inflate(transform, message, message.length == 0 ? 1 : message.length, 8192);
    }

    private static byte[] inflate(FrameTransform transform, byte[] message, int slice, int room)
            throws ProtocolViolation {
        assertThat(transform.beginInbound(Opcode.BINARY, FrameTransform.RSV1)).isTrue();
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        int at = 0;
        do {
            ByteBuffer source = ByteBuffer.wrap(message, at, Math.min(slice, message.length - at));
            at += source.remaining();
            boolean more = true;
            while (more) {
                ByteBuffer target = ByteBuffer.allocate(room);
                more = transform.inbound(source, target, at == message.length);
                result.write(target.array(), 0, target.position());
            }
            assertThat(source.hasRemaining()).isFalse();
        } while (at < message.length);
        return result.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** Prose enough to compress: words from a small vocabulary. */
    private static byte[] prose(long seed, int bytes) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            text.append("word").append(random.nextInt(300)).append(' ');
        }
        return text(text.substring(0, bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "one block, f248cdc9c90700, Hello",
        "two blocks, f248050000 00ffffcac9c90700, Hello",
        "a stored block, 000500faff48656c6c6f00, Hello",
        "a final block and the padding RFC 7692 shows, f348cdc9c9070000, Hello",
        "a final block and nothing after it, f348cdc9c90700, Hello",
        "two final blocks, f348cdc9c90700f348cdc9c90700, HelloHello",
        "a final block and an open one, f348cdc9c90700f248cdc9c90700, HelloHello",
        "an empty message, 00, ''",
        "no data at all, '', ''",
        "an empty final block, 0300, ''",
        "an empty fixed block, 0200, ''",
        "an empty final stored block without its tail, 01, ''",
        "a block and an empty final one without its tail, f248cdc9c907000000ffff01, Hello",
        "an empty stored block before, 000000fffff248cdc9c90700, Hello",
    })
    void everyLegalWayToSayAMessageIsUnderstood(String name, String message, String expected) throws Exception {
        for (String offer : List.of("permessage-deflate", "permessage-deflate; client_no_context_takeover")) {
            for (int slice : new int[] {1, 2, 3, 100}) {
                for (int room : new int[] {1, 2, 8192}) {
                    FrameTransform transform = agreed(offer);
                    byte[] wire = hex(message.replace(" ", ""));
                    assertThat(inflate(transform, wire, slice, room)).isEqualTo(text(expected));
                    assertThat(inflate(transform, hex("f248cdc9c90700"), slice, room))
                            .as("the next message")
                            .isEqualTo(text("Hello"));
                    transform.close();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cut within a fixed block, f248cd",
        "cut before the end of its block, f248cdc9c9",
        "the tail is not cut off, f248cdc9c907000000ffff",
        "cut within a stored block, 000500faff4865",
        "cut within the head of a stored block, 000500",
        "a stored block whose lengths differ, 000500fafe48656c6c6f00",
        "the reserved kind of block, 06",
        "a final block that ends within the tail, 03",
        "a reference before the beginning, 4a841100",
        "a dynamic block cut within its head, 05",
        "a byte too many, f248cdc9c9070000",
    })
    void aBrokenMessageIsAViolationAndNeverText(String name, String message) {
        for (String offer : List.of("permessage-deflate", "permessage-deflate; client_no_context_takeover")) {
            for (int slice : new int[] {1, 100}) {
                FrameTransform transform = agreed(offer);
                ProtocolViolation violation = catchThrowableOfType(
                        ProtocolViolation.class, () -> inflate(transform, hex(message), slice, 8192));
                assertThat(violation).isNotNull();
                assertThat(violation.closeCode()).isEqualTo(1007);
                transform.close();
            }
        }
    }

    @Test
    void whatIsRightBeforeAFaultCountsHoweverItIsSliced() throws Exception {
        byte[] faulty = hex("f24805000000ffff06");
        for (int slice : new int[] {1, 100}) {
            for (int room : new int[] {1, 100}) {
                FrameTransform transform = agreed("permessage-deflate");
                assertThat(transform.beginInbound(Opcode.TEXT, FrameTransform.RSV1))
                        .isTrue();
                ByteArrayOutputStream unfolded = new ByteArrayOutputStream();
                assertThatThrownBy(() -> {
                            for (int at = 0; at < faulty.length; at += slice) {
                                ByteBuffer source = ByteBuffer.wrap(faulty, at, Math.min(slice, faulty.length - at));
                                boolean more = true;
                                while (more) {
                                    ByteBuffer target = ByteBuffer.allocate(room);
                                    more = transform.inbound(source, target, false);
                                    unfolded.write(target.array(), 0, target.position());
                                }
                            }
                        })
                        .isInstanceOf(ProtocolViolation.class);
                assertThat(unfolded.toByteArray()).isEqualTo(text("He"));
                transform.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"client_no_context_takeover, 32768, true", "client_max_window_bits=9, 512, false"})
    void aClientKeepsWhatItOfferedThoughTheServerDoesNotAskForIt(String parameter, int farthest, boolean alone)
            throws Exception {
        PerMessageDeflate client = new PerMessageDeflate(new DeflateSettings(6, 0, true, true, 15, 15));
        FrameTransform transform = ExtensionNegotiation.confirm(
                        List.of(client),
                        ExtensionOffer.parse(List.of("permessage-deflate; " + parameter)),
                        ExtensionOffer.parse(List.of("permessage-deflate")))
                .get(0)
                .transforms()
                .get();
        byte[] message = prose(9, 5000);
        DeflateDistances distances = new DeflateDistances();
        byte[] first = deflate(transform, message);
        distances.read(first);
        assertThat(distances.largest()).isLessThanOrEqualTo(farthest);
        assertThat(Arrays.equals(first, deflate(transform, message))).isEqualTo(alone);
        transform.close();
        client.close();
    }

    @Test
    void aClientCompressesWithinWhatTheServerAnswered() throws Exception {
        byte[] message = prose(9, 5000);
        for (String answer : List.of(
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits=9",
                "permessage-deflate; client_no_context_takeover",
                "permessage-deflate; server_no_context_takeover")) {
            for (boolean wish : new boolean[] {true, false}) {
                PerMessageDeflate client = new PerMessageDeflate(new DeflateSettings(6, 0, true, wish, 15, 12));
                FrameTransform transform = ExtensionNegotiation.confirm(
                                List.of(client), client.offers(), ExtensionOffer.parse(List.of(answer)))
                        .get(0)
                        .transforms()
                        .get();
                FrameTransform server = agreed("permessage-deflate");
                DeflateDistances distances = new DeflateDistances();
                byte[] first = deflate(transform, message);
                byte[] second = deflate(transform, message);
                distances.read(first);
                assertThat(distances.largest()).isLessThanOrEqualTo(answer.endsWith("9") ? 1 << 9 : 1 << 12);
                assertThat(Arrays.equals(first, second))
                        .as("each message for itself")
                        .isEqualTo(!wish || answer.contains("client_no"));
                assertThat(inflate(server, first)).isEqualTo(message);
                assertThat(inflate(server, second)).isEqualTo(message);
                assertThat(inflate(transform, deflate(server, message))).isEqualTo(message);
                transform.close();
                server.close();
                client.close();
                assertThat(client.liveStates()).isZero();
            }
        }
    }

    @Test
    void everyCutOfAGoodMessageIsAViolation() throws Exception {
        FrameTransform sender = agreed("permessage-deflate");
        byte[] message = deflate(sender, prose(1, 3000));
        sender.close();
        for (int cut = 1; cut < message.length; cut++) {
            FrameTransform receiver = agreed("permessage-deflate");
            byte[] beginning = Arrays.copyOf(message, cut);
            assertThatThrownBy(() -> inflate(receiver, beginning))
                    .as("cut after %d", cut)
                    .isInstanceOf(ProtocolViolation.class);
            receiver.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=8; client_max_window_bits=8",
                "permessage-deflate; server_max_window_bits=9; client_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=12; server_no_context_takeover",
            })
    void messagesGoRoundWhatIsAgreed(String offer) throws Exception {
        FrameTransform transform = agreed(offer);
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] message = prose(i % 5, 100 + random.nextInt(20_000));
            byte[] wire = deflate(transform, message);
            assertThat(wire).hasSizeLessThan(message.length);
            assertThat(inflate(transform, wire, 1 + random.nextInt(5000), 1 + random.nextInt(9000)))
                    .isEqualTo(message);
        }
        transform.close();
    }

    @Test
    void theContextIsTakenOverFromMessageToMessage() throws Exception {
        FrameTransform transform = agreed("permessage-deflate");
        byte[] message = prose(1, 2000);
        int first = deflate(transform, message).length;
        assertThat(deflate(transform, message).length).isLessThan(first / 10);
        transform.close();
    }

    @Test
    @Tag("obligation-16.6")
    void withoutTakeoverEveryMessageStandsForItself() throws Exception {
        FrameTransform transform = agreed("permessage-deflate; server_no_context_takeover");
        byte[] message = prose(1, 2000);
        byte[] first = deflate(transform, message);
        assertThat(deflate(transform, message)).isEqualTo(first);
        transform.close();
    }

    @Test
    void theContextReachesBackOverMessagesThatEndWithAFinalBlock() throws Exception {
        byte[] message = prose(3, 5000);
        Deflater zlib = new Deflater(6, true);
        byte[] out = new byte[20_000];
        zlib.setInput(message);
        zlib.finish();
        byte[] first = Arrays.copyOf(out, zlib.deflate(out));
        zlib.reset();
        zlib.setDictionary(message);
        zlib.setInput(message);
        byte[] second = Arrays.copyOf(out, zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4);
        zlib.end();
        assertThat(second.length).isLessThan(200);

        FrameTransform receiver = agreed("permessage-deflate");
        assertThat(inflate(receiver, first, 100, 700)).isEqualTo(message);
        assertThat(inflate(receiver, second, 3, 700)).isEqualTo(message);
        receiver.close();
    }

    @Test
    void aMessageThatDoesNotShrinkGoesPlainAndIsForgotten() throws Exception {
        FrameTransform sender = agreed("permessage-deflate");
        FrameTransform receiver = agreed("permessage-deflate");
        byte[] noise = new byte[4000];
        new Random(5).nextBytes(noise);
        assertThat(deflate(sender, prose(1, 500))).isNotNull();
        assertThat(deflate(sender, noise)).isNull();
        byte[] message = new byte[9000];
        System.arraycopy(noise, 0, message, 0, noise.length);
        byte[] wire = deflate(sender, message);
        assertThat(inflate(receiver, wire)).isEqualTo(message);
        sender.close();
        receiver.close();
    }

    @Test
    void partsOfAMessageAreWholeForTheReceiver() throws Exception {
        FrameTransform transform = agreed("permessage-deflate");
        byte[] empty = {};
        byte[][][] messages = {
            {prose(1, 10), prose(2, 5000)},
            {empty, prose(1, 300)},
            {prose(1, 300), empty},
            {prose(1, 300), empty, empty},
            {empty, empty},
            {prose(1, 32768), prose(1, 32768), prose(2, 1)},
        };
        for (byte[][] parts : messages) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                whole.writeBytes(part);
            }
            assertThat(inflate(transform, deflate(transform, parts))).isEqualTo(whole.toByteArray());
        }
        transform.close();
    }

    @Tag("obligation-16.6")
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
    void noReferenceReachesBackOverTheAgreedWindow(int bits) throws Exception {
        FrameTransform transform = agreed("permessage-deflate; server_max_window_bits=" + bits);
        byte[] message = prose(9, 3 * (1 << bits) + 17);
        DeflateDistances distances = new DeflateDistances();
        for (int i = 0; i < 6; i++) {
            distances.read(deflate(transform, message, prose(9, 100), message));
        }
        assertThat(distances.largest()).isBetween(1, 1 << bits);
        transform.close();
    }

    @Test
    void aPartThatEndsWithTheWindowGoesRound() throws Exception {
        for (int bytes : new int[] {256, 255, 257, 512}) {
            FrameTransform transform = agreed("permessage-deflate; server_max_window_bits=8");
            for (int i = 0; i < 5; i++) {
                byte[] message = prose(9, bytes);
                assertThat(inflate(transform, deflate(transform, message))).isEqualTo(message);
            }
            transform.close();
        }
    }

    @Test
    void messagesBelowTheThresholdGoPlain() {
        try (PerMessageDeflate careful = new PerMessageDeflate(DeflateSettings.DEFAULT)) {
            FrameTransform transform =
                    agreement(careful, "permessage-deflate").transforms().get();
            assertThat(deflate(transform, prose(1, 255))).isNull();
            assertThat(deflate(transform, prose(1, 256))).isNotNull();
            assertThat(deflate(transform, prose(1, 10), prose(1, 10)))
                    .as("a message in parts may become long")
                    .isNotNull();
            transform.close();
        }
    }

    @Test
    void nothingIsHeldBeforeTheFirstCompressedMessageAndBetweenMessagesWithoutContext() throws Exception {
        FrameTransform transform = agreed("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        assertThat(extension.liveStates()).isZero();
        for (int i = 0; i < 50; i++) {
            inflate(transform, deflate(transform, prose(i, 1000)));
        }
        assertThat(extension.liveStates()).isEqualTo(2);
        transform.close();
        assertThat(extension.liveStates()).as("idle in the pool").isEqualTo(2);
        assertThatThrownBy(() -> inflate(transform, new byte[] {0})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> deflate(transform, new byte[] {0})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aConnectionThatEndsBeforeItsFirstMessageHasMadeNothing() {
        FrameTransform transform = agreed("permessage-deflate");
        transform.close();
        assertThatThrownBy(() -> inflate(transform, new byte[] {0})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> deflate(transform, new byte[] {0})).isInstanceOf(IllegalStateException.class);
        assertThat(extension.liveStates()).isZero();
    }

    @Test
    void thePoolKeepsNoMoreThanThereAreProcessors() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        FrameTransform[] transforms = new FrameTransform[processors + 3];
        for (int i = 0; i < transforms.length; i++) {
            transforms[i] = agreed("permessage-deflate");
            deflate(transforms[i], prose(1, 1000));
        }
        assertThat(extension.liveStates()).isEqualTo(processors + 3);
        for (FrameTransform transform : transforms) {
            transform.close();
        }
        assertThat(extension.liveStates()).isEqualTo(processors);
        FrameTransform late = agreed("permessage-deflate");
        deflate(late, prose(1, 1000));
        extension.close();
        assertThat(extension.liveStates()).as("in use").isEqualTo(1);
        late.close();
        assertThat(extension.liveStates()).isZero();
    }
}
