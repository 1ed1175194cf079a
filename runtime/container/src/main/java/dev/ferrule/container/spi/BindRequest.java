package dev.ferrule.container.spi;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a server listens.
 *
 * @param host the host name or address to bind
 * @param port the port, 0 for an ephemeral one
 * @param tls the TLS context for {@code wss}, or null for plain {@code ws}
 * @param maxHeadBytes the most bytes a request head may have; longer ones are answered 431
 * @param maxHeaders the most header fields a request head may have; more are answered 431
 * @param handshakeTimeout how long a connection may take from its acceptance (TLS included) to a complete request head, and
 *     between two requests; then it is cut
 */
public record BindRequest(
        String host, int port, @Nullable SSLContext tls, int maxHeadBytes, int maxHeaders, Duration handshakeTimeout) {}
