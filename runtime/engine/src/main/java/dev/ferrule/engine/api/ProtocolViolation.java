package dev.ferrule.engine.api;

import org.jspecify.annotations.Nullable;

/**
 * A peer broke the rules, or this end cannot go on: the connection fails (RFC 6455 §7.1.7). Carries the close code that
 * tells the peer, and a sentence for a person. Has no stack trace: its place is in the bytes, not in our code.
 */
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final int closeCode;
    private final String source;

    /**
     * @param closeCode the code for the close frame, 1002 for most
     * @param message what was wrong, for a person; harmless on the wire
     * @param source where the rule stands: {@code RFC 6455 §5.2}
     */
    public ProtocolViolation(int closeCode, String message, String source) {
        this(closeCode, message, source, null);
    }

    private ProtocolViolation(int closeCode, String message, String source, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.closeCode = closeCode;
        this.source = source;
    }

    /** The failure of our own code, or of the application's, under way: code 1011, the cause for the local log only. */
    public static ProtocolViolation unexpected(Throwable cause) {
        return new ProtocolViolation(1011, "", "RFC 6455 §7.4.1", cause);
    }

    /** The code for the close frame (RFC 6455 §7.4). */
    public int closeCode() {
        return closeCode;
    }

    /** What was wrong; empty when the fault is ours. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Where the rule stands: {@code RFC 6455 §5.2}. */
    public String source() {
        return source;
    }
}
