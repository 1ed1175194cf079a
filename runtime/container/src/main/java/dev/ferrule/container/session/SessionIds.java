package dev.ferrule.container.session;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Identifiers of sessions: 128 random bits, so that knowing one tells nothing of another. */
final class SessionIds {
    private static final int BYTES = 16;

    private SessionIds() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        Source.RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Seeded at the first session, not when the class is loaded. */
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }
}
