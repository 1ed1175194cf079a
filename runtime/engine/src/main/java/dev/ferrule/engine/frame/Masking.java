package dev.ferrule.engine.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Masking (RFC 6455 §5.3), in place and eight bytes at a time. The same operation masks and unmasks. */
public final class Masking {
    private Masking() {}

    /**
     * Masks a range of a buffer, whose position, limit and byte order stay.
     *
     * @param key the masking key, its first byte on the wire being the highest
     * @param phase how many bytes of the payload came before this range
     */
    public static void apply(ByteBuffer buffer, int from, int to, int key, long phase) {
        int turned = Integer.rotateLeft(key, 8 * (int) (phase & 3));
        int word = buffer.order() == ByteOrder.BIG_ENDIAN ? turned : Integer.reverseBytes(turned);
        long pair = (long) word << 32 | word & 0xFFFFFFFFL;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            buffer.putLong(at, buffer.getLong(at) ^ pair);
        }
        for (int shift = 24; at < to; at++, shift -= 8) {
            buffer.put(at, (byte) (buffer.get(at) ^ turned >>> (shift & 31)));
        }
    }
}
