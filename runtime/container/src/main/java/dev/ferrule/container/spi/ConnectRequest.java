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
 * @param limits how long it may take
 * @param tunnel the proxy to go through, or null; a transport without a network knows no proxies and passes it over
 */
public record ConnectRequest(
        String host,
        int port,
        @Nullable SSLContext tls,
        RequestHead head,
        int maxHeadBytes,
        int maxHeaders,
        Limits limits,
        @Nullable Tunnel tunnel) {
    /** A request without a proxy and with one time for everything. */
    public ConnectRequest(
            String host,
            int port,
            @Nullable SSLContext tls,
            RequestHead head,
            int maxHeadBytes,
            int maxHeaders,
            Duration timeout) {
        this(host, port, tls, head, maxHeadBytes, maxHeaders, new Limits(timeout, timeout, timeout), null);
    }

    /** How long everything may take, from now to a complete response head. */
    public Duration timeout() {
        return limits.total();
    }

    /**
     * How long the parts of connecting may take.
     *
     * @param connect for the host name, the TCP connection and the proxy's answer
     * @param tls for the TLS handshake
     * @param total for everything, from now to a complete response head
     */
    public record Limits(Duration connect, Duration tls, Duration total) {}

    /**
     * A tunnel through an HTTP proxy (RFC 9110 §9.3.6).
     *
     * @param host the proxy's host name or address; the server's name is left to the proxy to resolve
     * @param port the proxy's port
     * @param head the {@code CONNECT} request to send to it, complete
     */
    public record Tunnel(String host, int port, RequestHead head) {}
}
