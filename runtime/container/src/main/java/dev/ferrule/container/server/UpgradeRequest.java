package dev.ferrule.container.server;

import dev.ferrule.container.path.Paths;
import dev.ferrule.container.spi.Caller;
import dev.ferrule.container.spi.HandshakeFacts;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.RequestHead;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The request of an opening handshake, as configurators see it. Nothing of it asks the transport, but for the roles of a caller
 * whom the host knows: they are known until the handshake {@link #settle is settled}.
 *
 * <p>Threading: any thread.
 */
public final class UpgradeRequest implements HandshakeFacts {
    private final boolean secure;
    private final Map<String, String> pathParameters;
    private final @Nullable InetSocketAddress local;
    private final @Nullable InetSocketAddress remote;
    private final List<X509Certificate> certificates;
    private final @Nullable Object httpSession;
    private final @Nullable Locale locale;
    private volatile @Nullable Principal principal;
    private volatile Predicate<String> roles;
    private boolean identified;

    /** What the peer sent, unless {@link #flat} has it. */
    private volatile @Nullable RequestHead head;

    /** The head in little memory, once the request {@link #shrink shrank}. */
    private volatile byte @Nullable [] flat;

    UpgradeRequest(UpgradeExchange exchange, Map<String, String> pathParameters) {
        this.head = exchange.request();
        this.secure = exchange.secure();
        this.pathParameters = pathParameters;
        this.local = exchange.localAddress();
        this.remote = exchange.remoteAddress();
        this.certificates = exchange.peerCertificates();
        this.httpSession = exchange.httpSession();
        this.locale = exchange.preferredLocale();
        this.principal = exchange.principal();
        this.roles = exchange::isUserInRole;
    }

    /** The peer has proved who it is. */
    void identify(Caller caller) {
        principal = caller.principal();
        roles = caller.roles()::contains;
        identified = true;
    }

    /** The transport no longer answers: its word on roles is gone. */
    void settle() {
        if (!identified) {
            roles = role -> false;
        }
    }

    /**
     * The connection lasts, and the request as long as it: of its head one text stays, from which the fields are made again when
     * somebody wants to see them all.
     */
    void shrink() {
        RequestHead whole = head;
        if (whole != null) {
            String text = FlatHead.of(whole);
            if (text != null) {
                flat = text.getBytes(StandardCharsets.UTF_8);
                head = null;
            }
        }
    }

    private RequestHead head() {
        RequestHead known = head;
        if (known == null) {
            known = FlatHead.read(flat());
            head = known;
        }
        return known;
    }

    private String flat() {
        return new String(Objects.requireNonNull(flat), StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> parse(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        parameters.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(parameters);
    }

    /** Form-decoded where that works, as it is where the encoding is broken. */
    private static String decode(String text) {
        String decoded = Paths.decode(text.replace('+', ' '));
        return decoded == null ? text : decoded;
    }

    /** The parameters of the query alone, which are what a session shows. */
    Map<String, List<String>> queryParameters() {
        return parse(head().query());
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return head().headers();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return principal;
    }

    /** The complete {@code ws} or {@code wss} URI. */
    @Override
    public URI getRequestURI() {
        return URI.create((secure ? "wss://" : "ws://") + header("Host") + Paths.forUri(head().target()));
    }

    @Override
    public boolean isUserInRole(String role) {
        return roles.test(role);
    }

    @Override
    public @Nullable Object getHttpSession() {
        return httpSession;
    }

    /** The parameters of the query and of the path. */
    @Override
    public Map<String, List<String>> getParameterMap() {
        Map<String, List<String>> all = new LinkedHashMap<>(queryParameters());
        pathParameters.forEach((name, value) -> all.put(name, List.of(value)));
        return Collections.unmodifiableMap(all);
    }

    @Override
    public @Nullable String getQueryString() {
        return head().query();
    }

    @Override
    public X509Certificate @Nullable [] getUserX509CertificateChain() {
        return certificates.isEmpty() ? null : certificates.toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable String getLocalAddress() {
        return address(local);
    }

    @Override
    public @Nullable String getLocalHostName() {
        return hostName(local);
    }

    @Override
    public int getLocalPort() {
        return port(local);
    }

    @Override
    public @Nullable String getRemoteAddress() {
        return address(remote);
    }

    @Override
    public @Nullable String getRemoteHostName() {
        return hostName(remote);
    }

    @Override
    public int getRemotePort() {
        return port(remote);
    }

    @Override
    public @Nullable String header(String name) {
        RequestHead known = head;
        return known == null ? FlatHead.header(flat(), name) : known.header(name);
    }

    @Override
    public Locale getPreferredLocale() {
        String languages = header("Accept-Language");
        if (locale != null || languages == null) {
            return locale == null ? Locale.getDefault() : locale;
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
