package dev.ferrule.engine.message;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes to text, where the bytes must be UTF-8 (RFC 6455 §8.1). Thread-safe. */
public final class Utf8Text {
    /** What the JDK puts where bytes are not UTF-8; also a character that texts may have. */
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8Text() {}

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
}
