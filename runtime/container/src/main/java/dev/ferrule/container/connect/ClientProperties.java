package dev.ferrule.container.connect;

/**
 * The user properties of a {@code ClientEndpointConfig} that Ferrule understands. They win over the settings of the same
 * purpose; a value of another type fails the connection with a message that names key and type.
 */
public final class ClientProperties {
    /** {@link Credentials} for the server, used for the origin of the URI that is connected to, and no other. */
    public static final String CREDENTIALS = "ferrule.client.credentials";

    /**
     * The proxy: a {@link java.net.Proxy} (of type HTTP, or {@link java.net.Proxy#NO_PROXY}) or a
     * {@link java.net.ProxySelector}, which is asked with the {@code http} or {@code https} form of the URI. Without it and
     * without the setting {@code ferrule.client.proxy}, {@link java.net.ProxySelector#getDefault()} is asked.
     */
    public static final String PROXY = "ferrule.client.proxy";

    /** {@link Credentials} for the proxy; they never reach the server. */
    public static final String PROXY_CREDENTIALS = "ferrule.client.proxy.credentials";

    /** A {@link ReconnectPolicy}: connects again when a session of this endpoint has ended abnormally. */
    public static final String RECONNECT = "ferrule.client.reconnect";

    /**
     * The {@link javax.net.ssl.SSLContext} for {@code wss} where the configuration has none: annotated endpoints have no other
     * place for it.
     */
    public static final String SSL_CONTEXT = "ferrule.client.ssl-context";

    private ClientProperties() {}
}
