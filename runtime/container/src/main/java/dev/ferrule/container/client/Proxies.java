package dev.ferrule.container.client;

import jakarta.websocket.DeploymentException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which proxy leads to a target. A selector may block and is application code: not for event loops. */
final class Proxies {
    private final @Nullable Object source;

    /** @param source a {@link Proxy}, a {@link ProxySelector}, the setting's text, or null for the JVM's selector */
    Proxies(@Nullable Object source) {
        this.source = source;
    }

    /**
     * A proxy.
     *
     * @param host its host name or address
     * @param port its port
     */
    record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * The proxy to use, or null to connect directly.
     *
     * @throws DeploymentException when the selector fails, or knows none that speaks HTTP; the message follows the words that
     *     name the attempt
     */
    @Nullable
    Address to(Target target) throws DeploymentException {
        if (source instanceof String text) {
            int colon = text.lastIndexOf(':');
            String host = text.substring(0, Math.max(colon, 0));
            String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            return colon < 0 ? null : new Address(plain, Integer.parseInt(text.substring(colon + 1)));
        }
        if (source instanceof Proxy proxy) {
            return first(List.of(proxy));
        }
        ProxySelector selector = source instanceof ProxySelector own ? own : ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        List<Proxy> proxies;
        try {
            proxies = selector.select(target.asHttp());
        } catch (RuntimeException failed) {
            throw new DeploymentException(
                    "the proxy selector " + selector.getClass().getName() + " failed: " + failed, failed);
        }
        return proxies == null || proxies.isEmpty() ? null : first(proxies);
    }

    private static @Nullable Address first(List<Proxy> proxies) throws DeploymentException {
        for (Proxy proxy : proxies) {
            if (proxy.type() == Proxy.Type.DIRECT) {
                return null;
            }
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                return new Address(address.getHostString(), address.getPort());
            }
        }
        throw new DeploymentException("it would go through " + proxies + ", but only HTTP proxies are supported;"
                + " ClientProperties.PROXY or ferrule.client.proxy can name another way, or direct");
    }
}
