package dev.ferrule.container.session;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The identifier of a session: 128 random bits, so that knowing one tells nothing of another. Text when somebody asks for it.
 *
 * @param high 64 of the bits
 * @param low the others
 */
record SessionId(long high, long low) {
    static SessionId next() {
        return new SessionId(Source.RANDOM.nextLong(), Source.RANDOM.nextLong());
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    /** Seeded at the first session, not when the class is loaded. */
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }
}
