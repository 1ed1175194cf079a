package dev.ferrule.json;

import java.nio.ByteBuffer;

/** What is kept of what a peer sent: enough to recognize it, too little to flood a log, and nothing that forges one's lines. */
final class Excerpts {
    /** Characters or bytes of the offending message, and of each reason. */
    static final int MOST = 256;

    private Excerpts() {}

    /** The beginning of a text. */
    static String of(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
    }

    /** The beginning of some bytes, copied. */
    static ByteBuffer of(ByteBuffer bytes) {
        ByteBuffer start = bytes.slice().limit(Math.min(MOST, bytes.remaining()));
        return ByteBuffer.allocate(start.remaining()).put(start).flip();
    }

    /** What a failure and its causes say on one line, without what each repeats of its cause. */
    static String reason(Throwable failure) {
        StringBuilder reason = new StringBuilder();
        for (Throwable link = failure; link != null && reason.length() < 2 * MOST; link = link.getCause()) {
            String message = link.getMessage() == null ? "" : link.getMessage().replace("Internal error: ", "");
            String said = of(message).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
            if (!said.isBlank() && !said.equals("null") && reason.indexOf(said) < 0) {
                reason.append(reason.length() == 0 ? "" : ": ").append(said);
            }
        }
        return reason.length() == 0 ? "it has another shape" : reason.toString();
    }

    /** Whether a failure may be logged with its causes: their messages may quote the whole text. */
    static boolean isShort(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link.getMessage() != null && link.getMessage().length() > 4 * MOST) {
                return false;
            }
        }
        return true;
    }
}
