package dev.ferrule.engine.frame;

import java.security.SecureRandom;

/**
 * Masking keys from the platform's strong generator (RFC 6455 §10.3: a peer must not be able to predict them). Keys are
 * drawn in batches, because one draw costs as much for a hundred bytes as for four. Confined to the writer.
 */
final class MaskKeys {
    /** Keys of one batch: enough to hide the cost of the draw, little enough to keep per connection. */
    private static final int BATCH_BYTES = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] batch = new byte[BATCH_BYTES];
    private int next = BATCH_BYTES;

    int next() {
        if (next == BATCH_BYTES) {
            random.nextBytes(batch);
            next = 0;
        }
        int key = 0;
        for (int end = next + Integer.BYTES; next < end; next++) {
            key = key << 8 | batch[next] & 0xFF;
        }
        return key;
    }
}
