package dev.ferrule.engine;

import java.nio.ByteBuffer;

/** Where the outbound half puts frames, in wire order: what was written into rooms and what was appended, as called. */
public interface Output {
    /**
     * A buffer to write into.
     *
     * @param minBytes the least that must remain in it
     * @return valid until the next call of {@code room} or {@code append}; what was put in is part of the output
     */
    ByteBuffer room(int minBytes);

    /** Takes a payload by reference; it must not change until it has been written to the socket. */
    void append(ByteBuffer payload);
}
