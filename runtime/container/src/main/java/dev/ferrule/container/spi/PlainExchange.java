package dev.ferrule.container.spi;

import dev.ferrule.engine.handshake.RequestHead;

/** One plain HTTP request that waits for its answer. */
public interface PlainExchange {
    /** The request. */
    RequestHead request();

    /**
     * Answers. Any thread may call it, once; the transport adds {@code Content-Length} (when absent), {@code Date} and
     * {@code Connection}, and writes no body for {@code HEAD}, 204 and 304.
     */
    void respond(PlainResponse response);
}
