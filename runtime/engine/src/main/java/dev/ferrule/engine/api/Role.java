package dev.ferrule.engine.api;

/** Which end of the connection this engine is. Clients mask what they send, servers do not (RFC 6455 §5.1). */
public enum Role {
    SERVER,
    CLIENT;

    /** Whether the frames that this end sends carry a masking key. */
    public boolean masksOutbound() {
        return this == CLIENT;
    }

    /** Whether the frames that this end receives must carry a masking key. */
    public boolean expectsMask() {
        return this == SERVER;
    }
}
