package dev.ferrule.container.send;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Texts as UTF-8. A text that is sent again, as a loop over sessions does, is encoded once: the last one is known by identity.
 * What is kept is bounded by {@link #MOST_KEPT_BYTES}.
 *
 * <p>Threading: any thread; the race for the last place does no harm.
 */
public final class Texts {
    /** Longer texts are encoded each time: nobody should have to keep them. */
    private static final int MOST_KEPT_BYTES = 64 << 10;

    private volatile @Nullable Known last;

    /** A text that was sent, and what it is in UTF-8; nobody changes the bytes. */
    private record Known(String text, byte[] utf8) {}

    /** The text as UTF-8, to be read only. */
    @SuppressWarnings("ReferenceEquality") // only the same text is known for sure without a look at it
    ByteBuffer utf8(String text) {
        Known known = last;
        if (known != null && known.text == text) {
            return ByteBuffer.wrap(known.utf8);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        last = utf8.length > MOST_KEPT_BYTES ? null : new Known(text, utf8);
        return ByteBuffer.wrap(utf8);
    }
}
