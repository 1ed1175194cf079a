package dev.ferrule.engine.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The key of a request and the proof that the server has read it (RFC 6455 §1.3, §4.2.2). Thread-safe. */
public final class AcceptKey {
    /** The suffix that RFC 6455 §1.3 fixes. */
    private static final byte[] PROTOCOL_GUID =
            "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(StandardCharsets.US_ASCII);

    /** Never used itself, only copied. */
    private static final MessageDigest SHA_1 = newSha1();

    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARS = 24;

    private AcceptKey() {}

    /** A new key: 16 random bytes in base64. */
    public static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** The value of {@code Sec-WebSocket-Accept} for a key. */
    public static String of(String key) {
        byte[] text = new byte[key.length() + PROTOCOL_GUID.length];
        for (int i = 0; i < key.length(); i++) {
            text[i] = (byte) key.charAt(i);
        }
        System.arraycopy(PROTOCOL_GUID, 0, text, key.length(), PROTOCOL_GUID.length);
        return Base64.getEncoder().encodeToString(sha1().digest(text));
    }

    /** A copy of one that was looked up: the look-up among the providers takes longer than the digest. */
    private static MessageDigest sha1() {
        try {
            return (MessageDigest) SHA_1.clone();
        } catch (CloneNotSupportedException e) {
            return newSha1();
        }
    }

    private static MessageDigest newSha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-1, which every Java must have", e);
        }
    }

    /** Whether the text is base64 of 16 bytes, which is all that is asked of a key. */
    static boolean isKey(String text) {
        if (text.length() != KEY_CHARS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
