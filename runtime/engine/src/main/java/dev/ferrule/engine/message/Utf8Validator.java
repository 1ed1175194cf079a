package dev.ferrule.engine.message;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Checks that bytes are UTF-8 (RFC 3629 §4), over any number of chunks, and fails at the first byte that no
 * continuation could mend. Runs of ASCII are passed eight bytes at a time. An instance is confined to one thread; the static
 * methods may be called by any.
 */
public final class Utf8Validator {
    private static final long NOT_ASCII = 0x8080808080808080L;
    /** What the JDK puts where bytes are not UTF-8; also a character that texts may have. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final int FIRST_TAIL = 0x80;
    private static final int LAST_TAIL = 0xBF;

    /** Texts up to this size are decoded by way of an array that the thread keeps. */
    private static final int SCRATCH_BYTES = 8 * 1024;

    private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[SCRATCH_BYTES]);

    /** Bytes that the character in progress still needs. */
    private int awaited;
    /** Bytes of it that have come. */
    private int pending;
    /** The range that its next byte must be in. */
    private int low;

    private int high;

    /**
     * Decodes what remains of a buffer, a complete text, and consumes it.
     *
     * @throws ProtocolViolation with code 1007
     */
    public static String decode(ByteBuffer bytes) throws ProtocolViolation {
        int count = bytes.remaining();
        if (bytes.hasArray()) {
            int from = bytes.arrayOffset() + bytes.position();
            bytes.position(bytes.limit());
            return decode(bytes.array(), from, count);
        }
        byte[] copy = count <= SCRATCH_BYTES ? SCRATCH.get() : new byte[count];
        bytes.get(copy, 0, count);
        return decode(copy, 0, count);
    }

    /**
     * Decodes a complete text. The JDK does it at once, and only a result that looks repaired is examined.
     *
     * @throws ProtocolViolation with code 1007
     */
    public static String decode(byte[] bytes, int from, int count) throws ProtocolViolation {
        String text = new String(bytes, from, count, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            Utf8Validator validator = new Utf8Validator();
            validator.require(ByteBuffer.wrap(bytes), from, from + count);
            validator.requireComplete();
        }
        return text;
    }

    /**
     * Checks a range of a buffer, whose position and limit stay.
     *
     * @return whether the bytes so far are the beginning of some UTF-8 text
     */
    public boolean accepts(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (awaited == 0) {
                at = skipAscii(bytes, at, to);
                if (at == to) {
                    return true;
                }
                if (!begin(bytes.get(at) & 0xFF)) {
                    return false;
                }
            } else if (!proceed(bytes.get(at) & 0xFF)) {
                return false;
            }
            at++;
        }
        return true;
    }

    /** As {@link #accepts}, but refusal is a violation with code 1007 (RFC 6455 §8.1). */
    public void require(ByteBuffer bytes, int from, int to) throws ProtocolViolation {
        if (!accepts(bytes, from, to)) {
            throw violation();
        }
    }

    /** At the end of the text: refuses a character that is not complete. */
    public void requireComplete() throws ProtocolViolation {
        if (awaited != 0) {
            throw violation();
        }
    }

    /** The bytes at the end that belong to a character which is not complete: 0 to 3. */
    public int pendingBytes() {
        return pending;
    }

    private static ProtocolViolation violation() {
        return new ProtocolViolation(1007, "A text is not valid UTF-8", "RFC 6455 §8.1");
    }

    private static int skipAscii(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && (bytes.getLong(at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes.get(at) >= 0) {
            at++;
        }
        return at;
    }

    /** RFC 3629 §4: overlong forms, surrogates and what is above U+10FFFF are excluded by the second byte's range. */
    private boolean begin(int octet) {
        low = FIRST_TAIL;
        high = LAST_TAIL;
        if (octet >= 0xC2 && octet <= 0xDF) {
            awaited = 1;
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            awaited = 2;
            low = octet == 0xE0 ? 0xA0 : FIRST_TAIL;
            high = octet == 0xED ? 0x9F : LAST_TAIL;
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            awaited = 3;
            low = octet == 0xF0 ? 0x90 : FIRST_TAIL;
            high = octet == 0xF4 ? 0x8F : LAST_TAIL;
        } else {
            return false;
        }
        pending = 1;
        return true;
    }

    private boolean proceed(int octet) {
        if (octet < low || octet > high) {
            return false;
        }
        low = FIRST_TAIL;
        high = LAST_TAIL;
        awaited--;
        pending = awaited == 0 ? 0 : pending + 1;
        return true;
    }
}
