package dev.ferrule.container.spi;

/**
 * Thrown by application code during a server's opening handshake, also as a cause: the peer gets this status instead of 500, and
 * the message as its reason. It is the peer's doing and no failure of the application.
 */
public final class HandshakeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status the status, 300 to 599
     * @param reason for people; the peer reads it
     */
    public HandshakeRefusedException(int status, String reason) {
        super(reason);
        this.status = checked(status);
    }

    private static int checked(int status) {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException(
                    "A handshake is refused with a status from 300 to 599, not with " + status);
        }
        return status;
    }

    /** The status. */
    public int status() {
        return status;
    }
}
