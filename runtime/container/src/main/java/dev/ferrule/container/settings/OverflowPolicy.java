package dev.ferrule.container.settings;

/** What happens to a send that would take a session's queue over its cap. */
public enum OverflowPolicy {
    /** The send fails, the session stays. */
    FAIL,
    /** The session is closed with 1013 (try again later). */
    CLOSE,
    /** The sender waits for room, as long as the send timeout allows; on an event loop the send fails. */
    BLOCK,
    /** The oldest whole messages that wait are failed to make room. */
    DROP_OLDEST
}
