package dev.ferrule.engine.extension;

/**
 * What this end wants of permessage-deflate. The same settings serve both roles: each wish names the direction, as the
 * parameters of RFC 7692 §7.1 do.
 *
 * @param level zlib's level, 1 (fast) to 9 (small)
 * @param thresholdBytes messages below go uncompressed: there is nothing to gain
 * @param serverContextTakeover whether servers may keep their window from message to message; it costs them some
 *     256 KiB per connection that has sent a compressed message
 * @param clientContextTakeover the same for clients
 * @param serverMaxWindowBits the window that servers compress with, 8 to 15
 * @param clientMaxWindowBits the window that clients compress with, 8 to 15; what a server keeps for their context
 *     shrinks with it
 */
public record DeflateSettings(
        int level,
        int thresholdBytes,
        boolean serverContextTakeover,
        boolean clientContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits) {

    /** Level 6, from 256 bytes on, context takeover both ways, whole windows. */
    public static final DeflateSettings DEFAULT = new DeflateSettings(6, 256, true, true, 15, 15);

    public DeflateSettings {
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("The compression level is 1 to 9, not " + level);
        }
        if (thresholdBytes < 0) {
            throw new IllegalArgumentException("thresholdBytes must not be negative, but is " + thresholdBytes);
        }
        requireWindowBits("serverMaxWindowBits", serverMaxWindowBits);
        requireWindowBits("clientMaxWindowBits", clientMaxWindowBits);
    }

    private static void requireWindowBits(String name, int bits) {
        if (bits < DeflateParameters.MIN_WINDOW_BITS || bits > DeflateParameters.MAX_WINDOW_BITS) {
            throw new IllegalArgumentException(name + " is 8 to 15, not " + bits);
        }
    }
}
