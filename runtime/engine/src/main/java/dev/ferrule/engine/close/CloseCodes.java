package dev.ferrule.engine.close;

/** The close codes that have a name (RFC 6455 §7.4.1 and its registry), and which codes a frame may carry. */
public final class CloseCodes {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never on the wire: the close frame carried no code. */
    public static final int NO_STATUS = 1005;
    /** Never on the wire: the connection ended without a close frame. */
    public static final int ABNORMAL = 1006;

    public static final int INVALID_PAYLOAD = 1007;
    public static final int POLICY_VIOLATION = 1008;
    public static final int TOO_BIG = 1009;
    public static final int EXTENSION_MISSING = 1010;
    public static final int INTERNAL_ERROR = 1011;
    public static final int SERVICE_RESTART = 1012;
    public static final int TRY_AGAIN_LATER = 1013;
    public static final int BAD_GATEWAY = 1014;

    private CloseCodes() {}

    /**
     * Whether a close frame may carry the code: the registered ones up to 1014 apart from 1004, 1005 and 1006, and the
     * ranges for libraries (3000) and applications (4000).
     */
    public static boolean isLegalOnWire(int code) {
        return code >= NORMAL && code <= UNSUPPORTED_DATA
                || code >= INVALID_PAYLOAD && code <= BAD_GATEWAY
                || code >= 3000 && code <= 4999;
    }
}
