package dev.ferrule.engine;

import dev.ferrule.engine.api.Role;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Builds what a peer sends, right or wrong on purpose. {@link #script} reads the small language of the tables: frames
 * separated by spaces, each {@code <first byte in hex>:<payload>}; a payload is text, {@code #hex}, or {@code x*70000}
 * for repetition; {@code _} stands for a space; {@code =hex} is raw bytes.
 */
final class Wire {
    private static final byte[] KEY = {0x37, (byte) 0xFA, 0x21, 0x3D};

    private final boolean masked;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Wire(Role receiver) {
        this.masked = receiver.expectsMask();
    }

    /** For frames that this role receives. */
    static Wire to(Role receiver) {
        return new Wire(receiver);
    }

    static byte[] script(Role receiver, String script) {
        Wire wire = to(receiver);
        for (String word : script.trim().split(" +")) {
            if (word.startsWith("=")) {
                wire.raw(HexFormat.of().parseHex(word.substring(1)));
            } else {
                int colon = word.indexOf(':');
                wire.frame(Integer.parseInt(word.substring(0, colon), 16), payload(word.substring(colon + 1)));
            }
        }
        return wire.bytes();
    }

    static byte[] payload(String text) {
        if (text.startsWith("#")) {
            return HexFormat.of().parseHex(text.substring(1));
        }
        int star = text.indexOf('*');
        String plain = star < 0 ? text : text.substring(0, star).repeat(Integer.parseInt(text.substring(star + 1)));
        return plain.replace('_', ' ').getBytes(StandardCharsets.UTF_8);
    }

    Wire frame(int firstByte, byte[] payload) {
        header(firstByte, masked, payload.length);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(masked ? payload[i] ^ KEY[i & 3] : payload[i]);
        }
        return this;
    }

    Wire header(int firstByte, boolean withKey, long length) {
        int mask = withKey ? 0x80 : 0;
        bytes.write(firstByte);
        if (length >= 0 && length < 126) {
            bytes.write(mask | (int) length);
        } else if (length >= 0 && length < 65536) {
            bytes.write(mask | 126);
            number(length, 2);
        } else {
            bytes.write(mask | 127);
            number(length, 8);
        }
        if (withKey) {
            raw(KEY);
        }
        return this;
    }

    Wire raw(byte[] raw) {
        bytes.writeBytes(raw);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void number(long value, int width) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            bytes.write((int) (value >>> shift));
        }
    }
}
