package dev.ferrule.container.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Makes identifiers of sessions. Threading: any thread. */
final class SessionIds {
    /** So many at a time are asked of the system: one by one they would be a notable part of a handshake. */
    private static final int IDS = 64;

    private static final int BYTES = 16;

    private final ByteBuffer fresh = ByteBuffer.allocate(IDS * BYTES).limit(0);
    private @Nullable SecureRandom random;

    synchronized SessionId next() {
        if (!fresh.hasRemaining()) {
            if (random == null) {
                random = new SecureRandom(); // not before there is a session: it takes its time
            }
            random.nextBytes(fresh.clear().array());
        }
        return new SessionId(fresh.getLong(), fresh.getLong());
    }
}
