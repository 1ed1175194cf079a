package dev.ferrule.testkit;

import jakarta.websocket.CloseReason;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Something that came over a connection, and how a failed test shows it. */
sealed interface Received {
    /** Longer contents are cut in messages for people. */
    int SHOWN = 200;

    /** For people, after "there came". */
    String describe();

    /** A whole text message. */
    record Text(String text) implements Received {
        @Override
        public String describe() {
            return "the text " + shortened("'" + text + "'");
        }
    }

    /** A whole binary message. */
    record Binary(ByteBuffer bytes) implements Received {
        @Override
        public String describe() {
            return "the bytes " + hex(bytes);
        }
    }

    /** A pong. */
    record Pong(ByteBuffer payload) implements Received {
        @Override
        public String describe() {
            return payload.hasRemaining() ? "a pong with " + hex(payload) : "an empty pong";
        }
    }

    /** What the client's error callback was told. */
    record Failure(Throwable cause) implements Received {
        @Override
        public String describe() {
            return "the failure " + cause;
        }
    }

    /** The end of the connection: always the last. */
    record End(CloseReason reason) implements Received {
        @Override
        public String describe() {
            String phrase = reason.getReasonPhrase();
            return "the end of the connection with " + reason.getCloseCode().getCode()
                    + (phrase == null || phrase.isEmpty() ? "" : " '" + phrase + "'");
        }
    }

    private static String hex(ByteBuffer bytes) {
        byte[] shown = new byte[Math.min(bytes.remaining(), SHOWN)];
        bytes.duplicate().get(shown);
        return shortened(HexFormat.ofDelimiter(" ").formatHex(shown)) + " (" + bytes.remaining() + " in all)";
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}
