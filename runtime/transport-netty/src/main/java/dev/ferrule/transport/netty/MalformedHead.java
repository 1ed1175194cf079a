package dev.ferrule.transport.netty;

/** A head that is not accepted. The reason is for the person at the other end; it repeats nothing that was received. */
final class MalformedHead extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    /** @param status what a server answers it with */
    MalformedHead(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }
}
