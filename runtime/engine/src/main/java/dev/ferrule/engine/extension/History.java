package dev.ferrule.engine.extension;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The last bytes of a text, up to the size of a window: what back-references may mean. Confined to one thread. */
final class History {
    private static final byte[] NONE = {};

    private final int windowBytes;
    private byte[] bytes = NONE;
    private int count;

    History(int windowBytes) {
        this.windowBytes = windowBytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many of {@link #bytes} count, from the first on. */
    int count() {
        return count;
    }

    /** Adds a range of a buffer, whose position and limit stay; the oldest bytes make room. */
    void append(ByteBuffer text, int from, int to) {
        int added = Math.min(to - from, windowBytes);
        int kept = Math.min(count, windowBytes - added);
        if (kept + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(windowBytes, Math.max(kept + added, 4 * bytes.length)));
        }
        if (kept < count) {
            System.arraycopy(bytes, count - kept, bytes, 0, kept);
        }
        text.get(to - added, bytes, kept, added);
        count = kept + added;
    }

    void clear() {
        bytes = NONE;
        count = 0;
    }
}
