package dev.ferrule.container.session;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reasons of ours, made to fit: {@code CloseReason} refuses what is longer than 123 bytes of UTF-8. */
final class ClosePayloads {
    private static final int MAX_REASON_BYTES = 123;

    /** In UTF-8; a pair of surrogates has four. */
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private ClosePayloads() {}

    /** The longest beginning of a text that fits, cut at a character. */
    static String fit(String text) {
        if (text.length() <= MAX_REASON_BYTES / MOST_BYTES_OF_A_CHAR) {
            return text;
        }
        CharBuffer characters = CharBuffer.wrap(text);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(characters, ByteBuffer.allocate(MAX_REASON_BYTES), true);
        return text.substring(0, characters.position());
    }
}
