package dev.ferrule.engine.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.api.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Masking against a loop over bytes, and V24: keys that nobody can predict. */
class MaskingTest {
    @Test
    void everyRangePhaseOrderAndKindOfBufferIsMaskedAsTheRfcSays() {
        byte[] original = new byte[64];
        new Random(1).nextBytes(original);
        int key = 0x12F4A7C9;
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            for (int from = 0; from < 12; from++) {
                for (int to = from; to < 64; to++) {
                    for (long phase : new long[] {0, 1, 2, 3, 4, (1L << 40) + 3}) {
                        byte[] expected = original.clone();
                        for (int i = from; i < to; i++) {
                            int octet = (int) ((phase + i - from) & 3);
                            expected[i] ^= (byte) (key >>> (24 - 8 * octet));
                        }
                        ByteBuffer buffer = (to % 2 == 0 ? ByteBuffer.allocate(64) : ByteBuffer.allocateDirect(64));
                        buffer.put(0, original).order(order);
                        Masking.apply(buffer, from, to, key, phase);
                        assertThat(buffer.order(ByteOrder.BIG_ENDIAN)).isEqualTo(ByteBuffer.wrap(expected));
                        assertThat(buffer.position()).isZero();
                    }
                }
            }
        }
    }

    @Test
    void aMillionKeysHaveNoPattern() {
        MaskKeys keys = new MaskKeys();
        int[][] counts = new int[4][256];
        int draws = 1_000_000;
        int[] drawn = new int[draws];
        for (int i = 0; i < draws; i++) {
            int key = keys.next();
            drawn[i] = key;
            for (int octet = 0; octet < 4; octet++) {
                counts[octet][key >>> (8 * octet) & 0xFF]++;
            }
        }
        Arrays.sort(drawn);
        int repeated = 0;
        for (int i = 1; i < draws; i++) {
            repeated += drawn[i] == drawn[i - 1] ? 1 : 0;
        }
        assertThat(repeated).as("116 are expected of 2^32").isLessThan(250);
        for (int[] octet : counts) {
            double chiSquare = 0;
            for (int count : octet) {
                double deviation = count - draws / 256.0;
                chiSquare += deviation * deviation / (draws / 256.0);
            }
            assertThat(chiSquare)
                    .as("255 is expected; beyond 420 once in 10^10")
                    .isBetween(100.0, 420.0);
        }
    }

    @Test
    void twoGeneratorsDiffer() {
        assertThat(new MaskKeys().next()).isNotEqualTo(new MaskKeys().next());
    }

    @Test
    void opcodesAreFoundByTheirCode() {
        for (Opcode opcode : Opcode.values()) {
            assertThat(Opcode.of(opcode.code())).isSameAs(opcode);
            assertThat(opcode.isControl()).isEqualTo(opcode.ordinal() > 2);
        }
        assertThat(Opcode.of(3)).isNull();
        assertThat(Role.SERVER.masksOutbound()).isFalse();
        assertThat(Role.CLIENT.expectsMask()).isFalse();
    }
}
