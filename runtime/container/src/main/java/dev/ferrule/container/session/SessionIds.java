package dev.ferrule.container.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes identifiers of sessions: 128 random bits in hexadecimal, so that knowing one tells nothing of another. Threading: any
 * thread.
 */
final class SessionIds {
    /** So many at a time are asked of the system: one by one they would be a notable part of a handshake. */
    private static final int IDS = 64;

    private static final int BYTES = 16;

    private final ByteBuffer fresh = ByteBuffer.allocate(IDS * BYTES).limit(0);
    private @Nullable SecureRandom random;

    synchronized String next() {
        if (!fresh.hasRemaining()) {
            if (random == null) {
                random = new SecureRandom(); // not before somebody asks for one: it takes its time
            }
            random.nextBytes(fresh.clear().array());
        }
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(fresh.getLong()) + hex.toHexDigits(fresh.getLong());
    }
}
