package dev.ferrule.engine.message;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a message in the making: one array that grows as bytes arrive, to a small multiple of what has come, and never
 * on the strength of what a header declares. Confined to the reader.
 */
public final class MessageBuffer {
    private static final byte[] EMPTY = {};
    /** A message that arrives in crumbs grows as if these had come. */
    private static final int LEAST_BYTES = 64;

    /** To how many times what has come the array grows while nobody knows the message's length. */
    private static final int CAREFUL = 2;
    /** And when it is known, and does not bind us: fewer copies, and the last of them has no room to spare. */
    private static final int BOLD = 4;

    private int most;
    private int factor;
    private byte[] bytes = EMPTY;
    private int count;

    /**
     * A message begins; the last one has been taken.
     *
     * @param maxBytes what the array never exceeds; nobody may add more
     */
    public void begin(int maxBytes) {
        most = maxBytes;
        factor = CAREFUL;
    }

    /** The message will have that many bytes in all, says the header of its last frame. */
    public void endsAt(int allBytes) {
        most = allBytes;
        factor = BOLD;
    }

    /** How many bytes there are. */
    public int count() {
        return count;
    }

    /** Takes in what remains of a chunk. */
    public void append(ByteBuffer chunk) {
        int added = chunk.remaining();
        int needed = count + added;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(needed));
        }
        chunk.get(bytes, count, added);
        count = needed;
    }

    /** Once more than the factor says where that is all: else the last few bytes would cost a copy of all the others. */
    private int grown(int needed) {
        long ample = (factor + 1L) * Math.max(needed, LEAST_BYTES);
        return ample >= most ? most : factor * Math.max(needed, LEAST_BYTES);
    }

    /** Ends the message: its array, which is the caller's now. The next message begins with nothing. */
    public byte[] take() {
        byte[] taken = bytes;
        bytes = EMPTY;
        count = 0;
        return taken;
    }
}
