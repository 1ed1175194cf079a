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
        int count = kept.length + bytes.remaining();
        byte[] all = new byte[count];
        System.arraycopy(kept, 0, all, 0, kept.length);
        bytes.get(all, kept.length, bytes.remaining());
        int complete = count - validator.pendingBytes();
        kept = complete == count ? NONE : Arrays.copyOfRange(all, complete, count);
        return new String(all, 0, complete, StandardCharsets.UTF_8);
    }
}
