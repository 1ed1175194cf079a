package dev.ferrule.container.session;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of a session: 128 random bits, so that knowing one tells nothing of another. Text when somebody asks for it,
 * and then always the same object: there are programs that compare it by identity. Threading: any thread.
 */
final class SessionId {
    private final long high;
    private final long low;
    private @Nullable String text;

    SessionId(long high, long low) {
        this.high = high;
        this.low = low;
    }

    @Override
    public synchronized String toString() {
        if (text == null) {
            HexFormat hex = HexFormat.of();
            text = hex.toHexDigits(high) + hex.toHexDigits(low);
        }
        return text;
    }
}
