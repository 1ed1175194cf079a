package dev.ferrule.container.client;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where one attempt is on its way: the current target, who may see which credentials, and the proxy in between. Confined to the
 * attempt's steps.
 */
final class Itinerary {
    private static final int PROXY_AUTHENTICATION = 407;

    /**
     * What another origin than the one that the application named may see of a request. Everything else may be a secret
     * between the application and the first server, whatever it is called.
     */
    private static final Set<String> FOR_STRANGERS = caseless(
            "Host",
            "Upgrade",
            "Connection",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Extensions",
            "Origin",
            "User-Agent",
            "Accept-Language");

    private final Redirects redirects;
    private final Proxies proxies;
    private final Authentication atServer;
    private final ClientOptions options;
    private Authentication atProxy = new Authentication(null);
    private Proxies.@Nullable Address proxy;
    private Target target;

    /** Once away from the first origin, nothing of its own is sent any more, also when a redirect leads back. */
    private boolean abroad;

    Itinerary(Target first, ClientOptions options, Settings settings) throws DeploymentException {
        this.target = first;
        this.options = options;
        this.redirects = new Redirects(settings.get(Keys.REDIRECTS));
        this.proxies = new Proxies(options.proxy());
        this.atServer = new Authentication(options.credentials(first));
    }

    Target target() {
        return target;
    }

    /** The target and the proxy, for people. */
    String describe() {
        return proxy == null ? target.uri().toString() : target.uri() + " through the proxy " + proxy;
    }

    /** A failure on this way. */
    DeploymentException failure(String why, @Nullable Throwable cause) {
        return new DeploymentException("Cannot connect to " + describe() + ": " + why, cause);
    }

    /** The TLS context: the configuration's, else the property's, else null for the JVM's. */
    @Nullable
    SSLContext tls(ClientEndpointConfig config) throws DeploymentException {
        return config.getSSLContext() == null ? options.tls() : config.getSSLContext();
    }

    /** Adds the credentials that the target may see, if it has asked for them. */
    void authorize(Map<String, List<String>> headers) {
        String answer = abroad ? null : atServer.answer("GET", target.resource());
        if (answer != null) {
            headers.put("Authorization", new ArrayList<>(List.of(answer)));
        }
    }

    /** Removes what only the first origin may see. */
    void keepAtHome(Map<String, List<String>> headers) {
        if (abroad) {
            headers.keySet().removeIf(name -> name == null || !FOR_STRANGERS.contains(name));
        }
    }

    /** The tunnel to the target, or null to connect directly. Asks the proxy selector, for each request. */
    ConnectRequest.@Nullable Tunnel tunnel() throws DeploymentException {
        Proxies.Address chosen;
        try {
            chosen = proxies.to(target);
        } catch (DeploymentException none) {
            throw failure(String.valueOf(none.getMessage()), none.getCause());
        }
        if (chosen == null) {
            proxy = null;
            return null;
        }
        if (!chosen.equals(proxy)) {
            proxy = chosen;
            atProxy = new Authentication(options.proxyCredentials());
        }
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Host", List.of(target.authority()));
        String answer = atProxy.answer("CONNECT", target.authority());
        if (answer != null) {
            headers.put("Proxy-Authorization", List.of(answer));
        }
        RequestHead head = new RequestHead("CONNECT", target.authority(), headers);
        return new ConnectRequest.Tunnel(chosen.host(), chosen.port(), head);
    }

    /** Whether an answer leads elsewhere and may. */
    boolean leads(ResponseHead response) {
        return redirects.leads(response);
    }

    /** Goes where the answer leads. */
    void follow(ResponseHead response) throws DeploymentException {
        Target next = redirects.next(target, response);
        abroad |= !next.origin().equals(target.origin());
        target = next;
    }

    /** The server wants credentials: null when another request has a chance, else why it has none. */
    @Nullable
    String refused(ResponseHead response) {
        return abroad
                ? "it asks for credentials, and is not the origin that they are for"
                : atServer.demand(response.headers().getOrDefault("WWW-Authenticate", List.of()));
    }

    /** The proxy does not let us through: null when another request has a chance, else why it has none. */
    @Nullable
    String refusedByProxy(ResponseHead response) {
        String why = response.status() == PROXY_AUTHENTICATION
                ? atProxy.demand(response.headers().getOrDefault("Proxy-Authenticate", List.of()))
                : "it refused the tunnel";
        return why == null ? null : "the proxy answered instead of the server: " + why;
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
