package dev.ferrule.engine;

/**
 * How one arriving message is to be handed over.
 *
 * @param mode in which shape
 * @param maxBytes the most it may have, after extensions have transformed it; more is a violation with code 1009
 */
public record Delivery(Mode mode, long maxBytes) {
    /** The largest message in one piece: an array is not longer. */
    private static final long MAX_WHOLE_BYTES = Integer.MAX_VALUE - 9L;

    /** The shape of a message. */
    public enum Mode {
        /** In one piece. */
        WHOLE,
        /** As it arrives. */
        PARTS,
        /** Checked and dropped. */
        DISCARD
    }

    public Delivery {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must not be negative, but is " + maxBytes);
        }
        maxBytes = mode == Mode.WHOLE ? Math.min(maxBytes, MAX_WHOLE_BYTES) : maxBytes;
    }

    /** In one piece of at most that many bytes. */
    public static Delivery whole(long maxBytes) {
        return new Delivery(Mode.WHOLE, maxBytes);
    }

    /** As it arrives, at most that many bytes in all. */
    public static Delivery parts(long maxBytes) {
        return new Delivery(Mode.PARTS, maxBytes);
    }

    /** Checked and dropped, at most that many bytes. */
    public static Delivery discard(long maxBytes) {
        return new Delivery(Mode.DISCARD, maxBytes);
    }
}
