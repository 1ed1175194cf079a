package dev.ferrule.container.server;

import dev.ferrule.container.path.Paths;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.RequestHead;
import jakarta.websocket.server.HandshakeRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request of an opening handshake, as configurators see it. The getters that version 2.3 of the API adds are here as
 * plain methods. Threading: used on the thread of the handshake.
 */
@SuppressWarnings("MissingOverride") // what 2.3 adds overrides something only when compiled with 2.3
public final class UpgradeRequest implements HandshakeRequest {
    private final UpgradeExchange exchange;
    private final RequestHead head;
    private final URI uri;
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> parameters;

    UpgradeRequest(UpgradeExchange exchange, Map<String, String> pathParameters) {
        this.exchange = exchange;
        this.head = exchange.request();
        this.uri = URI.create((exchange.secure() ? "wss://" : "ws://") + head.header("Host") + head.target());
        this.query = parse(head.query());
        Map<String, List<String>> all = new LinkedHashMap<>(query);
        pathParameters.forEach((name, value) -> all.put(name, List.of(value)));
        this.parameters = Collections.unmodifiableMap(all);
    }

    private static Map<String, List<String>> parse(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
            parameters.replaceAll((name, values) -> Collections.unmodifiableList(values));
        }
        return Collections.unmodifiableMap(parameters);
    }

    /** Form-decoded where that works, as it is where the encoding is broken. */
    private static String decode(String text) {
        String decoded = Paths.decode(text.replace('+', ' '));
        return decoded == null ? text : decoded;
    }

    /** The parameters of the query alone, which are what a session shows. */
    Map<String, List<String>> queryParameters() {
        return query;
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return head.headers();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return exchange.principal();
    }

    /** The complete {@code ws} or {@code wss} URI. */
    @Override
    public URI getRequestURI() {
        return uri;
    }

    @Override
    public boolean isUserInRole(String role) {
        return exchange.isUserInRole(role);
    }

    @Override
    public @Nullable Object getHttpSession() {
        return exchange.httpSession();
    }

    /** The parameters of the query and of the path. */
    @Override
    public Map<String, List<String>> getParameterMap() {
        return parameters;
    }

    @Override
    public @Nullable String getQueryString() {
        return head.query();
    }

    /** The peer's certificates, its own first, or null without any (2.3). */
    public X509Certificate @Nullable [] getUserX509CertificateChain() {
        List<X509Certificate> chain = exchange.peerCertificates();
        return chain.isEmpty() ? null : chain.toArray(X509Certificate[]::new);
    }

    /** The address that the peer connected to, or null where there is none (2.3). */
    public @Nullable String getLocalAddress() {
        return address(exchange.localAddress());
    }

    /** The host name of the local address, or null (2.3). */
    public @Nullable String getLocalHostName() {
        return hostName(exchange.localAddress());
    }

    /** The local port, or -1 (2.3). */
    public int getLocalPort() {
        return port(exchange.localAddress());
    }

    /** The peer's address, or null where there is none (2.3). */
    public @Nullable String getRemoteAddress() {
        return address(exchange.remoteAddress());
    }

    /** The host name of the peer's address, or null (2.3). */
    public @Nullable String getRemoteHostName() {
        return hostName(exchange.remoteAddress());
    }

    /** The peer's port, or -1 (2.3). */
    public int getRemotePort() {
        return port(exchange.remoteAddress());
    }

    /** The locale of {@code Accept-Language}, else the JVM's (2.3). */
    public Locale getPreferredLocale() {
        Locale preferred = exchange.preferredLocale();
        String languages = head.header("Accept-Language");
        if (preferred != null || languages == null) {
            return preferred == null ? Locale.getDefault() : preferred;
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(languages);
            String first = ranges.isEmpty() ? "*" : ranges.get(0).getRange();
            return first.equals("*") ? Locale.getDefault() : Locale.forLanguageTag(first);
        } catch (IllegalArgumentException malformed) {
            return Locale.getDefault();
        }
    }

    private static @Nullable String address(@Nullable InetSocketAddress address) {
        if (address == null) {
            return null;
        }
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }

    private static @Nullable String hostName(@Nullable InetSocketAddress address) {
        return address == null ? null : address.getHostName();
    }

    private static int port(@Nullable InetSocketAddress address) {
        return address == null ? -1 : address.getPort();
    }
}
