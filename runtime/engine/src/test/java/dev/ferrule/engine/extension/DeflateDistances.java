package dev.ferrule.engine.extension;

import java.util.Arrays;

/**
 * Reads DEFLATE data (RFC 1951) far enough to know how far its references reach back. For tests: it trusts its input.
 */
final class DeflateDistances {
    private static final int[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int END_OF_BLOCK = 256;

    private byte[] data;
    private int bit;
    private int largest;

    int largest() {
        return largest;
    }

    /** One message, whose tail has been cut off. */
    void read(byte[] message) {
        data = message;
        bit = 0;
        int bits = 8 * message.length;
        while (bit < bits) {
            bits(1);
            switch (bits(2)) {
                case 0 -> {
                    bit = (bit + 7) & ~7;
                    if (bit >= bits) {
                        return;
                    }
                    int length = bits(16);
                    bit += 16 + 8 * length;
                }
                case 1 -> fixedBlock();
                default -> dynamicBlock();
            }
        }
    }

    private void fixedBlock() {
        int[] literals = new int[288];
        for (int i = 0; i < 288; i++) {
            literals[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        }
        int[] distances = new int[30];
        Arrays.fill(distances, 5);
        block(literals, distances);
    }

    private void dynamicBlock() {
        int literalCount = bits(5) + 257;
        int distanceCount = bits(5) + 1;
        int codeCount = bits(4) + 4;
        int[] codeLengths = new int[19];
        for (int i = 0; i < codeCount; i++) {
            codeLengths[CODE_LENGTH_ORDER[i]] = bits(3);
        }
        int[] lengths = new int[literalCount + distanceCount];
        for (int i = 0; i < lengths.length; ) {
            int symbol = symbol(codeLengths);
            int value = symbol == 16 ? lengths[i - 1] : symbol < 16 ? symbol : 0;
            int times = symbol < 16 ? 1 : symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
            for (; times > 0; times--) {
                lengths[i++] = value;
            }
        }
        block(Arrays.copyOf(lengths, literalCount), Arrays.copyOfRange(lengths, literalCount, lengths.length));
    }

    private void block(int[] literals, int[] distances) {
        int symbol = symbol(literals);
        while (symbol != END_OF_BLOCK) {
            if (symbol > END_OF_BLOCK) {
                bits(LENGTH_EXTRA[symbol - 257]);
                int code = symbol(distances);
                int extra = code < 2 ? 0 : code / 2 - 1;
                int base = code < 2 ? code : (2 + code % 2) << extra;
                largest = Math.max(largest, 1 + base + bits(extra));
            }
            symbol = symbol(literals);
        }
    }

    /** Canonical Huffman, one bit at a time. */
    private int symbol(int[] lengths) {
        int code = 0;
        int first = 0;
        for (int length = 1; length < 16; length++) {
            code |= bits(1);
            int count = 0;
            for (int candidate : lengths) {
                count += candidate == length ? 1 : 0;
            }
            if (code - first < count) {
                int index = code - first;
                for (int i = 0; ; i++) {
                    if (lengths[i] == length && index-- == 0) {
                        return i;
                    }
                }
            }
            first = (first + count) << 1;
            code <<= 1;
        }
        throw new IllegalArgumentException("not DEFLATE");
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value |= (data[bit >> 3] >> (bit & 7) & 1) << i;
        }
        return value;
    }
}
