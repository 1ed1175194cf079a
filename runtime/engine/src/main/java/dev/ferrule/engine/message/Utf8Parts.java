package dev.ferrule.engine.message;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text in parts: decodes what is complete and keeps back the up to three bytes that are not. Confined to the reader. */
public final class Utf8Parts {
    private static final byte[] NONE = {};

    private final Utf8Validator validator = new Utf8Validator();
    private byte[] kept = NONE;

    /**
     * The text up to the last complete character.
     *
     * @param bytes consumed
     * @param last whether the text ends with them
     * @throws ProtocolViolation with code 1007
     */
    public String next(ByteBuffer bytes, boolean last) throws ProtocolViolation {
        validator.require(bytes, bytes.position(), bytes.limit());
        if (last) {
            validator.requireComplete();
        }
        if (!bytes.hasRemaining()) {
            return "";
        }
        if (kept.length == 0 && bytes.hasArray()) {
            return decode(bytes);
        }
        int count = kept.length + bytes.remaining();
        byte[] all = Arrays.copyOf(kept, count);
        bytes.get(all, kept.length, bytes.remaining());
        return decode(ByteBuffer.wrap(all));
    }

    private String decode(ByteBuffer bytes) {
        int pending = validator.pendingBytes();
        byte[] array = bytes.array();
        int from = bytes.arrayOffset() + bytes.position();
        int end = bytes.arrayOffset() + bytes.limit();
        kept = pending == 0 ? NONE : Arrays.copyOfRange(array, end - pending, end);
        bytes.position(bytes.limit());
        return new String(array, from, end - pending - from, StandardCharsets.UTF_8);
    }
}
