package dev.ferrule.engine.message;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a message in the making, in one array. It grows as bytes arrive: to twice what has come or, once the header of
 * the last frame has told where the message ends, to five times, and then not beyond that end. What is only declared takes
 * nothing. Confined to the reader.
 */
public final class MessageBuffer {
    private static final byte[] EMPTY = {};
    /** A message that arrives in crumbs grows as if these had come. */
    private static final int LEAST_BYTES = 64;

    /** To how many times what has come the array grows while nobody knows where the message ends. */
    private static final int CAREFUL = 2;
    /** And when that is known: then the last array is exact, so that what is too much never reaches the application. */
    private static final int BOLD = 4;

    private int most;
    private boolean endKnown;
    private byte[] bytes = EMPTY;
    private int count;

    /**
     * The buffer of one message.
     *
     * @param maxBytes what the array never exceeds; nobody may add more
     */
    public MessageBuffer(int maxBytes) {
        most = maxBytes;
    }

    /** The message will have that many bytes in all, says the header of its last frame. */
    public void endsAt(int allBytes) {
        most = allBytes;
        endKnown = true;
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

    private int grown(int needed) {
        long come = Math.max(needed, LEAST_BYTES);
        if (!endKnown) {
            return (int) Math.min(most, CAREFUL * come);
        }
        // All at once where that is one part more: else the last few bytes would cost a copy of all the others.
        return (int) ((BOLD + 1) * come >= most ? most : BOLD * come);
    }

    /** The whole message, in the array that has gathered it. */
    public ByteBuffer all() {
        return ByteBuffer.wrap(bytes, 0, count);
    }
}
