package dev.ferrule.container.spi;

import dev.ferrule.engine.handshake.ResponseHead;

/** A client's handshake whose response arrived and waits for the verdict. */
public interface ClientExchange {
    /** The response. */
    ResponseHead response();

    /** Goes on: the connection becomes a stream of bytes, from the first one behind the response head on. */
    void accept(ConnectionListener listener);

    /** Gives up: the connection is closed. */
    void discard();
}
