package dev.ferrule.samples.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The content of benchmark messages. */
final class Payloads {
    /** A masking key whose four bytes differ. */
    static final int KEY = 0x37fa213d;

    private Payloads() {}

    /** Text of about that many bytes of UTF-8: of characters of one to four bytes, or of JSON. */
    static byte[] text(String kind, int bytes) {
        String unit = switch (kind) {
            case "ascii" -> "The quick brown fox jumps over the lazy dog. ";
            case "latin" -> "äöüßéèàç";
            case "cjk" -> "日本語の文字列";
            case "emoji" -> "😀🚀🎉👍";
            case "json" -> "{\"id\":4711,\"name\":\"ferrule\",\"price\":12.95,\"tags\":[\"a\",\"b\"]},";
            default -> throw new IllegalArgumentException(kind);
        };
        byte[] encoded = unit.getBytes(StandardCharsets.UTF_8);
        byte[] text = new byte[Math.max(1, bytes / encoded.length) * encoded.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = encoded[i % encoded.length];
        }
        return text;
    }

    /** A masked frame with a whole message, as a client sends it. */
    static byte[] clientFrame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(KEY);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ KEY >>> 24 - 8 * (i & 3)));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }
}
