package dev.ferrule.container.spi;

import dev.ferrule.engine.handshake.ResponseHead;
import java.io.IOException;

/**
 * Who judges the outcome of {@link Transport#connect}. Exactly one of the methods is called, once, on the transport's
 * thread of the connection, and must not block.
 */
public interface ConnectHandler {
    /** The response head arrived. The handler answers exactly once, now or later, on any thread. */
    void onResponse(ClientExchange exchange);

    /** The proxy refused the tunnel: its answer to {@code CONNECT} is not of the class 2xx. The connection is closed. */
    void onTunnelRefused(ResponseHead response);

    /**
     * No response: name not found, connection refused, TLS failed, time over, head malformed or too long. The message says
     * which.
     */
    void onFailure(IOException cause);
}
