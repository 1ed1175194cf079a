package dev.ferrule.container.session;

import java.util.HexFormat;

/**
 * The identifier of a session: 128 random bits, so that knowing one tells nothing of another. Text when somebody asks for it.
 *
 * @param high 64 of the bits
 * @param low the others
 */
record SessionId(long high, long low) {
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
