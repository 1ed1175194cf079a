package dev.ferrule.engine.frame;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;

/** What is done with arriving bytes: frames are read, and after the end all is dropped. */
public interface ByteReader {
    /** Drops what arrives: the reader after a close frame, a violation or the end of input. */
    ByteReader DISCARD = in -> {
        in.position(in.limit());
        return true;
    };

    /**
     * Consumes until the buffer is empty or nobody wants more.
     *
     * @param in lent for the call; its content may be changed
     * @return false when reading stopped because nobody wants more for now; the unread bytes must come again
     */
    boolean read(ByteBuffer in) throws ProtocolViolation;
}
