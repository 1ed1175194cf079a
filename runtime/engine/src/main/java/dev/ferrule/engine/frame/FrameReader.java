package dev.ferrule.engine.frame;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.api.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The byte automaton (RFC 6455 §5.2): takes frames apart however their bytes were sliced, unmasks in place, and tells its
 * subclass, synchronously: {@code (header length payload+)*}. Everything that one header decides is checked at the earliest
 * byte, opcode before length, length before payload; no memory is taken for what a header declares. Rules that need to know
 * more than one frame are the subclass's. Both are one object, since where connections are many each object of theirs is fetched
 * from memory for each message. Confined to the thread that reads.
 */
public abstract class FrameReader {
    private static final String BASE_FRAMING = "RFC 6455 §5.2";
    private static final String CONTROL_FRAMES = "RFC 6455 §5.5";
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;

    private enum State {
        FIRST_BYTE,
        SECOND_BYTE,
        EXTENDED_LENGTH,
        MASKING_KEY,
        PAYLOAD
    }

    private final boolean expectsMask;

    private State state = State.FIRST_BYTE;
    private boolean control;
    private int awaitedBytes;
    private int shortestLength;
    private long length;
    private int key;
    /** Payload bytes of the frame that have not been taken yet. */
    private long remaining;
    /** Bytes at the front of the next buffer that were unmasked already, when nothing more was wanted. */
    private int unmaskedAhead;

    private boolean unfinished;
    private long steps;

    /** A reader of what the other role sends. */
    protected FrameReader(Role role) {
        this.expectsMask = role.expectsMask();
    }

    /**
     * The first byte of a frame has come; the opcode is known, and a control frame is final.
     *
     * @param rsv the three reserved bits, RSV1 being 4
     */
    protected abstract void header(Opcode opcode, boolean fin, int rsv) throws ProtocolViolation;

    /** The length is complete, minimal and, for a control frame, at most 125. */
    protected abstract void length(long bytes) throws ProtocolViolation;

    /**
     * Unmasked payload from the buffer's position to its limit. Called once with an empty buffer for an empty frame.
     *
     * @param endOfFrame whether the frame ends with the last of these bytes
     * @return whether all was taken in; false when nobody wanted more before it was done: the unread bytes, none perhaps, come
     *     again
     */
    protected abstract boolean payload(ByteBuffer chunk, boolean endOfFrame) throws ProtocolViolation;

    /** Whether reading may go on. */
    protected abstract boolean wantsMore();

    /**
     * Consumes until the buffer is empty or nobody wants more.
     *
     * @param in lent for the call; its content may be changed
     * @return false when reading stopped because nobody wants more for now; the unread bytes must come again
     */
    protected final boolean read(ByteBuffer in) throws ProtocolViolation {
        while (wantsMore()) {
            steps++;
            if (state == State.PAYLOAD) {
                if (remaining > 0 && !in.hasRemaining() && !unfinished) {
                    return true;
                }
                payload(in);
            } else if (in.hasRemaining()) {
                header(in);
            } else {
                return true;
            }
        }
        return false;
    }

    /** How often the automaton moved: what it cost, without a clock. */
    protected long steps() {
        return steps;
    }

    /** Goes on with the header, by a byte or more. */
    private void header(ByteBuffer in) throws ProtocolViolation {
        switch (state) {
            case FIRST_BYTE -> firstByte(in.get() & 0xFF);
            case SECOND_BYTE -> secondByte(in.get() & 0xFF);
            case EXTENDED_LENGTH -> lengthByte(in.get() & 0xFF);
            default -> maskingKey(in);
        }
    }

    private void firstByte(int octet) throws ProtocolViolation {
        Opcode opcode = Opcode.of(octet);
        if (opcode == null) {
            throw violation("The opcode " + (octet & 0xF) + " is reserved", BASE_FRAMING);
        }
        boolean fin = (octet & 0x80) != 0;
        control = opcode.isControl();
        if (control && !fin) {
            throw violation("A control frame is fragmented", CONTROL_FRAMES);
        }
        header(opcode, fin, octet >> 4 & 0x7);
        state = State.SECOND_BYTE;
    }

    private void secondByte(int octet) throws ProtocolViolation {
        boolean masked = (octet & 0x80) != 0;
        if (masked != expectsMask) {
            throw violation(
                    expectsMask ? "A frame of the client is not masked" : "A frame of the server is masked",
                    "RFC 6455 §5.1");
        }
        int indicator = octet & 0x7F;
        if (control && indicator > MAX_CONTROL_BYTES) {
            throw violation("A control frame is longer than 125 bytes", CONTROL_FRAMES);
        }
        length = 0;
        if (indicator == LENGTH_OF_16_BITS) {
            expectLength(Short.BYTES, LENGTH_OF_16_BITS);
        } else if (indicator == LENGTH_OF_64_BITS) {
            expectLength(Long.BYTES, 1 << Short.SIZE);
        } else {
            lengthKnown(indicator);
        }
    }

    private void expectLength(int bytes, int shortest) {
        awaitedBytes = bytes;
        shortestLength = shortest;
        state = State.EXTENDED_LENGTH;
    }

    private void lengthByte(int octet) throws ProtocolViolation {
        if (awaitedBytes == Long.BYTES && octet > 0x7F) {
            throw violation("A length of 64 bits has its highest bit set", BASE_FRAMING);
        }
        length = length << 8 | octet;
        awaitedBytes--;
        if (awaitedBytes == 0) {
            if (length < shortestLength) {
                throw violation("The length " + length + " is not in its shortest form", BASE_FRAMING);
            }
            lengthKnown(length);
        }
    }

    private void lengthKnown(long bytes) throws ProtocolViolation {
        length(bytes);
        length = bytes;
        remaining = bytes;
        key = 0;
        awaitedBytes = Integer.BYTES;
        state = expectsMask ? State.MASKING_KEY : State.PAYLOAD;
    }

    /** No byte of the key decides anything, so that all of it is read at once where it is there. */
    private void maskingKey(ByteBuffer in) {
        if (awaitedBytes == Integer.BYTES && in.remaining() >= Integer.BYTES) {
            int word = in.getInt();
            key = in.order() == ByteOrder.BIG_ENDIAN ? word : Integer.reverseBytes(word);
            awaitedBytes = 0;
        } else {
            key = key << 8 | in.get() & 0xFF;
            awaitedBytes--;
        }
        if (awaitedBytes == 0) {
            state = State.PAYLOAD;
        }
    }

    private void payload(ByteBuffer in) throws ProtocolViolation {
        int from = in.position();
        int limit = in.limit();
        int chunk = (int) Math.min(remaining, in.remaining());
        int unmasked = Math.min(unmaskedAhead, chunk);
        if (key != 0) {
            Masking.apply(in, from + unmasked, from + chunk, key, length - remaining + unmasked);
        }
        in.limit(from + chunk);
        try {
            unfinished = !payload(in, chunk == remaining);
        } finally {
            in.limit(limit);
        }
        int taken = in.position() - from;
        remaining -= taken;
        unmaskedAhead = Math.max(unmaskedAhead, chunk) - taken;
        if (remaining == 0 && !unfinished) {
            state = State.FIRST_BYTE;
        }
    }

    private static ProtocolViolation violation(String message, String source) {
        return new ProtocolViolation(1002, message, source);
    }
}
