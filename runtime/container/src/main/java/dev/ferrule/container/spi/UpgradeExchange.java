package dev.ferrule.container.spi;

import dev.ferrule.engine.handshake.RequestHead;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request for an upgrade that waits for its answer, with what the transport knows of the peer. Names neither a status
 * nor a key of the answer that accepts, so that an extended CONNECT of HTTP/2 fits too (RFC 8441).
 *
 * <p>Threading: answered exactly once, by any thread. The facts may be asked until then.
 */
public interface UpgradeExchange {
    /** The request. */
    RequestHead request();

    /**
     * Whether the handshake, which calls application code, may run and block on the thread that delivered this exchange. An
     * event loop says no, and the container dispatches.
     */
    boolean mayBlock();

    /**
     * Accepts: writes the response with these header fields and turns the connection into a stream of bytes.
     *
     * @param headers the header fields of the response, with {@code Upgrade}, {@code Connection} and
     *     {@code Sec-WebSocket-Accept} where HTTP/1.1 wants them
     * @param listener who gets the bytes, from the first one behind the head on
     */
    void accept(Map<String, List<String>> headers, ConnectionListener listener);

    /**
     * Refuses: writes the response and ends the connection; what the peer sends behind its head is never parsed.
     *
     * @param response the answer, with a status of 300 to 599
     */
    void refuse(PlainResponse response);

    /** Whether the request came over TLS. */
    boolean secure();

    /** The address that the peer connected to, or null where there is none. */
    @Nullable
    InetSocketAddress localAddress();

    /** The peer's address, or null where there is none. */
    @Nullable
    InetSocketAddress remoteAddress();

    /** The peer's certificates, its own first; empty without client authentication. */
    default List<X509Certificate> peerCertificates() {
        return List.of();
    }

    /** Who the host authenticated, or null. */
    default @Nullable Principal principal() {
        return null;
    }

    /** Whether the authenticated caller has the role, as the host says; false without a caller. */
    default boolean isUserInRole(String role) {
        return false;
    }

    /** The host's HTTP session of the request, or null; never created by asking. */
    default @Nullable Object httpSession() {
        return null;
    }

    /** The locale that the host prefers for the peer, or null to have it read from {@code Accept-Language}. */
    default @Nullable Locale preferredLocale() {
        return null;
    }

    /** The path below which endpoints live, without a trailing slash: empty for the root. */
    default String contextPath() {
        return "";
    }

    /** The class loader of the application, or null for the one that the container was started with. */
    default @Nullable ClassLoader classLoader() {
        return null;
    }
}
