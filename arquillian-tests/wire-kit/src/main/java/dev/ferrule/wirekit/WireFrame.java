package dev.ferrule.wirekit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One frame as it came over the wire (RFC 6455 §5.2), whole and unchecked.
 *
 * @param fin whether it is the last of its message
 * @param rsv the three reserved bits, RSV1 as 4
 * @param opcode the opcode, 0 to 15
 * @param masked whether it was masked
 * @param payload the payload, already unmasked
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString look into the array
public record WireFrame(boolean fin, int rsv, int opcode, boolean masked, byte[] payload) {
    /** The payload as UTF-8 text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame, or 1005 when it carries none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }

    /** The reason of a close frame, empty when it carries none. */
    public String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireFrame that
                && fin == that.fin
                && rsv == that.rsv
                && opcode == that.opcode
                && masked == that.masked
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(payload) + (opcode << 5 | rsv << 2 | (masked ? 2 : 0) | (fin ? 1 : 0));
    }

    @Override
    public String toString() {
        byte[] start = payload.length <= 64 ? payload : Arrays.copyOf(payload, 64);
        return "WireFrame[fin=" + fin + ", rsv=" + rsv + ", opcode=" + opcode + ", masked=" + masked + ", "
                + payload.length + " bytes " + HexFormat.of().formatHex(start)
                + (payload.length > 64 ? "…]" : "]");
    }
}
