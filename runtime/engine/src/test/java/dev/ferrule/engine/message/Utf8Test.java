package dev.ferrule.engine.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** V38: UTF-8 against the JDK's strict decoder, at every boundary. */
class Utf8Test {
    /** The bytes at which RFC 3629 §4 changes its mind, and their neighbours. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    private final CharsetDecoder jdk = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** How many bytes a strict reader takes before it must fail: all of them, if they begin some text. */
    private int acceptedByJdk(byte[] bytes) {
        for (int count = bytes.length; count > 0; count--) {
            jdk.reset();
            ByteBuffer in = ByteBuffer.wrap(bytes, 0, count);
            boolean begins = !jdk.decode(in, CharBuffer.allocate(16), false).isError();
            if (begins && canBeMended(bytes, in.position(), count)) {
                return count;
            }
        }
        return 0;
    }

    /** Whether some tail makes a character of the incomplete bytes. */
    private boolean canBeMended(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        for (int tail : new int[] {0x80, 0x90, 0xA0, 0xBF}) {
            for (int length = 1; length < 4; length++) {
                byte[] whole = Arrays.copyOfRange(bytes, from, to + length);
                Arrays.fill(whole, to - from, whole.length, (byte) 0x80);
                whole[to - from] = (byte) tail;
                try {
                    jdk.decode(ByteBuffer.wrap(whole));
                    return true;
                } catch (CharacterCodingException e) {
                    continue;
                }
            }
        }
        return false;
    }

    private static int accepted(byte[] bytes) {
        Utf8Validator validator = new Utf8Validator();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (!validator.accepts(buffer, i, i + 1)) {
                return i;
            }
        }
        return bytes.length;
    }

    @Test
    void aTextOfAnyLengthIsDecodedFromADirectBuffer() throws ProtocolViolation {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, 20_000}) {
            String text = "é".repeat(length / 2) + "a".repeat(length % 2);
            ByteBuffer bytes = ByteBuffer.allocateDirect(length + 3);
            bytes.put(2, text.getBytes(StandardCharsets.UTF_8)).position(2).limit(2 + length);
            assertThat(Utf8Validator.decode(bytes)).isEqualTo(text);
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    @Test
    void whatIsNoTextInADirectBufferIsRefusedWhateverWasDecodedBefore() throws ProtocolViolation {
        Utf8Validator.decode(ByteBuffer.allocateDirect(8).put(0, "12345678".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer half = ByteBuffer.allocateDirect(1).put(0, (byte) 0xC3);
        assertThatThrownBy(() -> Utf8Validator.decode(half)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    @Tag("obligation-16.4")
    void everySequenceOfEdgesFailsAtItsFirstImpossibleByte() {
        for (int first : EDGES) {
            for (int second : EDGES) {
                assertSame(first, second);
                for (int third : EDGES) {
                    assertSame(first, second, third);
                }
            }
        }
        for (int first : new int[] {0xE0, 0xED, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4}) {
            for (int second : EDGES) {
                for (int third : new int[] {0x7F, 0x80, 0xBF, 0xC0}) {
                    for (int fourth : new int[] {0x7F, 0x80, 0xBF, 0xC0}) {
                        assertSame(first, second, third, fourth);
                    }
                }
            }
        }
    }

    private void assertSame(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        assertThat(accepted(bytes)).as(() -> HexFormat.of().formatHex(bytes)).isEqualTo(acceptedByJdk(bytes));
    }

    @Test
    @Tag("obligation-16.4")
    void everyCodePointIsValidAndSplitsAtEveryOffset() throws Exception {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x11000 ? 1 : 37) {
            if (point >= 0xD800 && point <= 0xDFFF) {
                continue;
            }
            String text = "a" + new String(Character.toChars(point)) + "z";
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8Validator.decode(bytes, 0, bytes.length)).isEqualTo(text);
            for (int cut = 1; cut < bytes.length; cut++) {
                Utf8Parts parts = new Utf8Parts();
                String first = parts.next(ByteBuffer.wrap(bytes, 0, cut), false);
                String second = parts.next(ByteBuffer.wrap(bytes, cut, bytes.length - cut), true);
                if (!text.equals(first + second)) {
                    assertThat(first + second).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void aWrongByteIsFoundBehindAnyRunOfAsciiAtAnyAlignment() {
        for (int run = 0; run < 40; run++) {
            for (int offset = 0; offset < 9; offset++) {
                byte[] bytes = new byte[offset + run + 3];
                Arrays.fill(bytes, (byte) 'a');
                bytes[offset + run] = (byte) 0xFF;
                assertThat(new Utf8Validator().accepts(ByteBuffer.wrap(bytes), offset, bytes.length))
                        .isFalse();
                assertThat(new Utf8Validator().accepts(ByteBuffer.wrap(bytes), offset, offset + run))
                        .isTrue();
            }
        }
    }

    @Test
    void randomBytesAreJudgedAsTheJdkJudges() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(6)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : EDGES[random.nextInt(EDGES.length)]);
            }
            boolean right = true;
            try {
                jdk.decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                right = false;
            }
            assertThat(isText(bytes)).as(() -> HexFormat.of().formatHex(bytes)).isEqualTo(right);
        }
    }

    private static boolean isText(byte[] bytes) {
        try {
            Utf8Validator.decode(bytes, 0, bytes.length);
            return true;
        } catch (ProtocolViolation e) {
            assertThat(e.closeCode()).isEqualTo(1007);
            return false;
        }
    }

    @Test
    void aTextInPartsMustEndWithACharacter() throws Exception {
        Utf8Parts parts = new Utf8Parts();
        assertThat(parts.next(ByteBuffer.wrap(new byte[] {'a', (byte) 0xE2, (byte) 0x82}), false))
                .isEqualTo("a");
        assertThatThrownBy(() -> parts.next(ByteBuffer.allocate(0), true)).isInstanceOf(ProtocolViolation.class);
    }
}
