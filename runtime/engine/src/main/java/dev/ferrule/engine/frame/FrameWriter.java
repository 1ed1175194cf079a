package dev.ferrule.engine.frame;

import dev.ferrule.engine.api.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes frame headers (RFC 6455 §5.2) and draws masking keys. Confined to the writer. */
public final class FrameWriter {
    /** First two bytes, 64-bit length, masking key: no header is longer. */
    public static final int MAX_HEADER_BYTES = 14;

    private static final int LAST_7_BIT_LENGTH = 125;
    private static final int LAST_16_BIT_LENGTH = 0xFFFF;

    /** Without keys there is nothing of its own: all connections of servers share it. */
    private static final FrameWriter UNMASKED = new FrameWriter(null);

    private final @Nullable MaskKeys keys;

    private FrameWriter(@Nullable MaskKeys keys) {
        this.keys = keys;
    }

    /** The writer of a connection. */
    public static FrameWriter of(Role role) {
        return role.masksOutbound() ? new FrameWriter(new MaskKeys()) : UNMASKED;
    }

    /**
     * Writes one header.
     *
     * @param out room for {@link #MAX_HEADER_BYTES}
     * @param rsv the three reserved bits, RSV1 being 4
     * @return the masking key that the payload must be masked with; 0 when frames go unmasked
     */
    public int header(ByteBuffer out, Opcode opcode, boolean fin, int rsv, long length) {
        out.put((byte) ((fin ? 0x80 : 0) | rsv << 4 | opcode.code()));
        int mask = keys == null ? 0 : 0x80;
        if (length <= LAST_7_BIT_LENGTH) {
            out.put((byte) (mask | (int) length));
        } else if (length <= LAST_16_BIT_LENGTH) {
            out.put((byte) (mask | 126));
            bigEndian(out, length, Short.BYTES);
        } else {
            out.put((byte) (mask | 127));
            bigEndian(out, length, Long.BYTES);
        }
        if (keys == null) {
            return 0;
        }
        int key = keys.next();
        bigEndian(out, key, Integer.BYTES);
        return key;
    }

    /** Byte by byte, because the order of the caller's buffer is the caller's. */
    private static void bigEndian(ByteBuffer out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.put((byte) (value >>> shift));
        }
    }
}
