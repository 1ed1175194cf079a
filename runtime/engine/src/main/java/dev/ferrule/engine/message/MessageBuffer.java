package dev.ferrule.engine.message;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a message in the making: one array that doubles as bytes arrive, never on the strength of what a header
 * declares. Confined to the reader.
 */
public final class MessageBuffer {
    private static final byte[] EMPTY = {};
    /** The first room of a message that arrives in crumbs. */
    private static final int LEAST_BYTES = 64;
    /** The least and the most room for what an extension unfolds at a time. */
    private static final int LEAST_ROOM_BYTES = 1024;

    private static final int MOST_ROOM_BYTES = 8 * 1024;

    private int maxBytes;
    private byte[] bytes = EMPTY;
    private ByteBuffer view = ByteBuffer.wrap(EMPTY);
    private int count;

    /**
     * A message begins; the last one has been taken.
     *
     * @param most what the array never exceeds; nobody may add more
     */
    public void begin(int most) {
        maxBytes = most;
    }

    /** How many bytes there are. */
    public int count() {
        return count;
    }

    /** Takes in what remains of a chunk. */
    public void append(ByteBuffer chunk) {
        int added = chunk.remaining();
        ensure(count + added);
        chunk.get(bytes, count, added);
        count += added;
    }

    /**
     * Room at the end, of one byte at least.
     *
     * @param most the most that the room may have
     */
    public ByteBuffer room(int most) {
        if (count == bytes.length) {
            ensure(count + Math.min(most, Math.max(LEAST_ROOM_BYTES, Math.min(count, MOST_ROOM_BYTES))));
        }
        return view.limit(Math.min(bytes.length, count + Math.min(most, MOST_ROOM_BYTES)))
                .position(count);
    }

    /** What was put into the {@link #room} belongs to the message now. */
    public void keepRoom() {
        count = view.position();
    }

    /** The bytes, from index 0 to {@link #count}; position and limit mean nothing. */
    public ByteBuffer view() {
        return view.clear();
    }

    /** Ends the message: its array, which is the caller's now. The next message begins with nothing. */
    public byte[] take() {
        byte[] taken = bytes;
        bytes = EMPTY;
        view = ByteBuffer.wrap(EMPTY);
        count = 0;
        return taken;
    }

    private void ensure(int needed) {
        if (needed > bytes.length) {
            long doubled = Math.max(LEAST_BYTES, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(doubled, maxBytes)));
            view = ByteBuffer.wrap(bytes);
        }
    }
}
