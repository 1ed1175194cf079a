package dev.ferrule.container.spi;

import dev.ferrule.engine.handshake.RequestHead;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a client connects and what it asks.
 *
 * @param host the host name or address of the server; with TLS the name that its certificate must carry
 * @param port the port, 1 to 65535
 * @param tls the TLS context for {@code wss}, or null for plain {@code ws}
 * @param head the request to send, complete
 * @param maxHeadBytes the most bytes the response head may have
 * @param maxHeaders the most header fields the response head may have
 * @param timeout how long it may take from now to a complete response head
 */
public record ConnectRequest(
        String host,
        int port,
        @Nullable SSLContext tls,
        RequestHead head,
        int maxHeadBytes,
        int maxHeaders,
        Duration timeout) {}
