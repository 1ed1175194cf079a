package dev.ferrule.container.spi;

import jakarta.websocket.server.HandshakeRequest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of a peer by its request: {@link HandshakeRequest} with the getters that version 2.3 of the API adds to
 * it, for those that compile against 2.2. The facts stay what they were when the request came.
 */
@SuppressWarnings("MissingOverride") // what 2.3 adds overrides something only when compiled with 2.3
public interface HandshakeFacts extends HandshakeRequest {
    /** The peer's certificates, its own first, or null without any. */
    X509Certificate @Nullable [] getUserX509CertificateChain();

    /** The address that the peer connected to, or null where there is none. */
    @Nullable
    String getLocalAddress();

    /** The host name of the local address, or null. */
    @Nullable
    String getLocalHostName();

    /** The local port, or -1. */
    int getLocalPort();

    /** The peer's address, or null where there is none. */
    @Nullable
    String getRemoteAddress();

    /** The host name of the peer's address, or null. */
    @Nullable
    String getRemoteHostName();

    /** The peer's port, or -1. */
    int getRemotePort();

    /** The locale of {@code Accept-Language}, else the JVM's. */
    Locale getPreferredLocale();

    /** The first value of a header field, looked up without case, or null when it is absent. */
    @Nullable
    String header(String name);
}
