package dev.ferrule.engine.extension;

/** A header does not follow its grammar (RFC 6455 §9.1, RFC 9110 §5.6); the message says what stands where. */
public final class HeaderSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    public HeaderSyntaxException(String message) {
        super(message, null, false, false);
    }
}
