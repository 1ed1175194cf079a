package dev.ferrule.container.session;

import dev.ferrule.engine.close.CloseCodes;
import dev.ferrule.engine.close.ClosePayload;
import jakarta.websocket.CloseReason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * From what a close frame says to what the application is told, and back. Reasons of ours are made to fit: {@code CloseReason}
 * refuses what is longer than 123 bytes of UTF-8.
 */
final class ClosePayloads {
    private static final int MAX_REASON_BYTES = 123;

    /** In UTF-8; a pair of surrogates has four. */
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private ClosePayloads() {}

    /** What the peer said. */
    static CloseReason reasonOf(ClosePayload said) {
        return new CloseReason(
                CloseReason.CloseCodes.getCloseCode(said.code()), said.reason().isEmpty() ? null : said.reason());
    }

    /** A session that ended without a close frame of the peer (RFC 6455 §7.1.5), and why in our words. */
    static CloseReason abnormal(String why) {
        return new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, fit(why));
    }

    /** What goes out for a reason: nothing for a code that must not be on the wire. */
    static ClosePayload payloadOf(CloseReason wanted) {
        int code = wanted.getCloseCode().getCode();
        if (code == CloseCodes.NO_STATUS || !CloseCodes.isLegalOnWire(code)) {
            return ClosePayload.NONE;
        }
        return new ClosePayload(code, wanted.getReasonPhrase() == null ? "" : wanted.getReasonPhrase());
    }

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
