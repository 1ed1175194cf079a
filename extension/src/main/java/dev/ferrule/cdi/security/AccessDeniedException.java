package dev.ferrule.cdi.security;

/** The caller lacks the role that a callback requires; goes to the endpoint's error method instead of a call. */
public final class AccessDeniedException extends SecurityException {
    private static final long serialVersionUID = 1L;

    /** The message names the callback, never the caller's credentials. */
    public AccessDeniedException(String message) {
        super(message);
    }
}
