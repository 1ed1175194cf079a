package dev.ferrule.container.client;

import jakarta.websocket.DeploymentException;
import java.net.URI;
import java.util.Locale;

/**
 * Where a client wants to go, read from a {@code ws} or {@code wss} URI (RFC 6455 §3).
 *
 * @param uri the URI, with a path
 * @param secure whether it is {@code wss}
 * @param host the host, an IPv6 address without its brackets
 * @param port the port, the scheme's own when the URI has none
 * @param resource path and query, still percent-encoded
 * @param hostHeader the value of the {@code Host} header
 */
record Target(URI uri, boolean secure, String host, int port, String resource, String hostHeader) {
    private static final int WS_PORT = 80;
    private static final int WSS_PORT = 443;

    static Target of(URI uri) throws DeploymentException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getRawUserInfo() != null) {
            throw new DeploymentException("Cannot connect to " + shown(uri)
                    + ": a WebSocket URI has no user information (RFC 6455 §3); give credentials by the user property"
                    + " ClientProperties.CREDENTIALS");
        }
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw new DeploymentException("Cannot connect to " + uri + ": its scheme must be ws or wss");
        }
        if (uri.getHost() == null) {
            throw new DeploymentException("Cannot connect to " + uri + ": it names no host");
        }
        if (uri.getRawFragment() != null) {
            throw new DeploymentException(
                    "Cannot connect to " + uri + ": a WebSocket URI has no fragment (RFC 6455 §3)");
        }
        boolean secure = scheme.equals("wss");
        int usual = secure ? WSS_PORT : WS_PORT;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String resource = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String host = uri.getHost();
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Target(uri, secure, plain, port, resource, port == usual ? host : host + ":" + port);
    }

    /** A URI for people: without user information, which may be a password. */
    static String shown(URI uri) {
        return uri.getRawUserInfo() == null ? uri.toString() : uri.getScheme() + "://(user)@" + uri.getHost();
    }

    /** Scheme, host and port, always with the port: what credentials are for (RFC 6454 §4). */
    String origin() {
        return (secure ? "wss://" : "ws://") + authority();
    }

    /** Host and port, always with the port, as {@code CONNECT} wants it. */
    String authority() {
        String shown = host.indexOf(':') < 0 ? host.toLowerCase(Locale.ROOT) : "[" + host + "]";
        return shown + ":" + port;
    }

    /** The same place as HTTP names it. */
    URI asHttp() {
        return URI.create((secure ? "https://" : "http://") + authority() + resource);
    }
}
