package dev.ferrule.engine.close;

import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.message.Utf8Validator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a close frame says (RFC 6455 §5.5.1).
 *
 * @param code a code that is legal on the wire, or 1005: a frame without code and reason
 * @param reason for a person, possibly empty; on the wire it is cut to 123 bytes
 */
public record ClosePayload(int code, String reason) {
    /** The close frame without code and reason. */
    public static final ClosePayload NONE = new ClosePayload(CloseCodes.NO_STATUS, "");

    /** A control frame carries 125 bytes (RFC 6455 §5.5), and the code takes two. */
    private static final int MAX_REASON_BYTES = 123;

    public ClosePayload {
        Objects.requireNonNull(reason, "reason");
        if (code != CloseCodes.NO_STATUS && !CloseCodes.isLegalOnWire(code)) {
            throw new IllegalArgumentException("The close code " + code
                    + " may not be sent: 1000 to 1003, 1007 to 1014 and 3000 to 4999 may (RFC 6455 §7.4)");
        }
        if (code == CloseCodes.NO_STATUS && !reason.isEmpty()) {
            throw new IllegalArgumentException("A close reason needs a close code other than 1005");
        }
    }

    /** Reads the payload of a close frame from position to limit, which stay. */
    public static ClosePayload parse(ByteBuffer payload) throws ProtocolViolation {
        int bytes = payload.remaining();
        int from = payload.position();
        if (bytes == 0) {
            return NONE;
        }
        if (bytes == 1) {
            throw ofOneByte();
        }
        int code = (payload.get(from) & 0xFF) << 8 | payload.get(from + 1) & 0xFF;
        if (!CloseCodes.isLegalOnWire(code)) {
            throw violation("The close code " + code + " may not be sent");
        }
        byte[] reason = new byte[bytes - 2];
        payload.get(from + 2, reason);
        return new ClosePayload(code, Utf8Validator.decode(reason, 0, reason.length));
    }

    /** What a payload of one byte is, which its length alone tells. */
    public static ProtocolViolation ofOneByte() {
        return violation("The payload of a close frame is one byte: a close code takes two");
    }

    /** The payload on the wire, in a buffer of its own: at most 125 bytes, the reason cut between two characters. */
    public ByteBuffer encode() {
        if (code == CloseCodes.NO_STATUS) {
            return ByteBuffer.allocate(0);
        }
        byte[] text = reason.substring(0, fittingChars()).getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >>> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return ByteBuffer.wrap(payload);
    }

    private int fittingChars() {
        int bytes = 0;
        int at = 0;
        while (at < reason.length()) {
            int point = reason.codePointAt(at);
            bytes += encodedBytes(point);
            if (bytes > MAX_REASON_BYTES) {
                return at;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    private static int encodedBytes(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }

    private static ProtocolViolation violation(String message) {
        return new ProtocolViolation(CloseCodes.PROTOCOL_ERROR, message, "RFC 6455 §5.5.1");
    }
}
