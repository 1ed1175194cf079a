package dev.ferrule.engine.api;

/**
 * What a peer may ask of one connection, apart from the size of a message, which is asked for each message anew.
 *
 * @param maxFrameBytes the payload bytes of one data frame, as on the wire; more is a violation with code 1009
 * @param maxFragments the frames of one message; more is a violation with code 1008, so that empty fragments cost a
 *     bounded time
 */
public record Limits(long maxFrameBytes, int maxFragments) {
    public Limits {
        if (maxFrameBytes <= 0) {
            throw new IllegalArgumentException("maxFrameBytes must be positive, but is " + maxFrameBytes);
        }
        if (maxFragments <= 0) {
            throw new IllegalArgumentException("maxFragments must be positive, but is " + maxFragments);
        }
    }
}
