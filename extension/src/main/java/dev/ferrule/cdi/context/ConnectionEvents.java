package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.OpeningHandshake;

/** Who is told that a connection's context begins and ends. Nothing here throws. */
public interface ConnectionEvents {
    /** Tells nobody. */
    ConnectionEvents NONE = new ConnectionEvents() {};

    /** Whether somebody wants to know of beginnings. */
    default boolean isBeginObserved() {
        return false;
    }

    /** The context has begun, and is active. */
    default void initialized(OpeningHandshake handshake) {}

    /** The context is about to end, and still active. */
    default void beforeDestroyed(OpeningHandshake handshake) {}

    /** The context has ended. */
    default void destroyed(OpeningHandshake handshake) {}
}
