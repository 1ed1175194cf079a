package dev.ferrule.container.spi;

import jakarta.websocket.EndpointConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a connection, on either side: what is known of a connection before there is a session. It may be kept
 * as long as the connection lives.
 */
public interface OpeningHandshake {
    /** The endpoint's class as the application wrote it, never a proxy's. */
    Class<?> endpointClass();

    /** The endpoint's configuration; from {@code modifyHandshake} on as this connection sees it. */
    EndpointConfig config();

    /** The values of the path's variables, decoded; empty on the client's side. */
    Map<String, String> pathParameters();

    /** The request that a server got, or null on the client's side. */
    @Nullable
    HandshakeFacts request();

    /** The connection has lasted for a while: what is known of its handshake may take less memory, and longer to be read. */
    default void compact() {}
}
