package dev.ferrule.container.client;

import dev.ferrule.container.connect.ClientProperties;
import dev.ferrule.container.connect.Credentials;
import dev.ferrule.container.connect.ReconnectPolicy;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Origin;
import dev.ferrule.container.settings.Setting;
import dev.ferrule.container.settings.Settings;
import jakarta.websocket.DeploymentException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the user properties of one endpoint and the settings say about connecting; the properties win. */
final class ClientOptions {
    private final Map<String, Object> properties;
    private final Settings settings;

    ClientOptions(Map<String, Object> properties, Settings settings) {
        this.properties = properties;
        this.settings = settings;
    }

    /** The credentials for the server of the URI that the application named, or null. */
    @Nullable
    Credentials credentials(Target target) throws DeploymentException {
        Credentials own = property(ClientProperties.CREDENTIALS, Credentials.class);
        return own == null && isForOrigin(target) ? configured(Keys.USER, Keys.PASSWORD) : own;
    }

    private boolean isForOrigin(Target target) {
        List<String> origins = settings.get(Keys.AUTH_ORIGINS);
        Origin asking = Origin.orNull(target.origin());
        return origins.isEmpty() || origins.stream().map(Origin::of).anyMatch(origin -> origin.equals(asking));
    }

    /** The credentials for the proxy, or null. */
    @Nullable
    Credentials proxyCredentials() throws DeploymentException {
        Credentials own = property(ClientProperties.PROXY_CREDENTIALS, Credentials.class);
        return own == null ? configured(Keys.PROXY_USER, Keys.PROXY_PASSWORD) : own;
    }

    private @Nullable Credentials configured(Setting<String> user, Setting<String> password)
            throws DeploymentException {
        if (settings.get(user).isEmpty()) {
            return null;
        }
        try {
            return new Credentials(settings.get(user), settings.get(password), settings.get(Keys.PREEMPTIVE));
        } catch (IllegalArgumentException unsendable) {
            throw new DeploymentException(user.key() + ": " + unsendable.getMessage(), unsendable);
        }
    }

    /** The TLS context where the configuration has none, or null. */
    @Nullable
    SSLContext tls() throws DeploymentException {
        return property(ClientProperties.SSL_CONTEXT, SSLContext.class);
    }

    /** Whether to reconnect, and when; or null. */
    @Nullable
    ReconnectPolicy reconnect() throws DeploymentException {
        return property(ClientProperties.RECONNECT, ReconnectPolicy.class);
    }

    /** Who names the proxy: a {@link Proxy}, a {@link ProxySelector}, the setting's text, or null for the JVM's selector. */
    @Nullable
    Object proxy() throws DeploymentException {
        Object own = properties.get(ClientProperties.PROXY);
        if (own == null) {
            String configured = settings.get(Keys.PROXY);
            return configured.isEmpty() ? null : configured;
        }
        if (own instanceof Proxy || own instanceof ProxySelector) {
            return own;
        }
        throw wrong(ClientProperties.PROXY, own, "java.net.Proxy or a java.net.ProxySelector");
    }

    private <T> @Nullable T property(String key, Class<T> type) throws DeploymentException {
        Object value = properties.get(key);
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrong(key, value, type.getName());
    }

    private static DeploymentException wrong(String key, Object value, String type) {
        return new DeploymentException("The user property " + key + " has a value of "
                + value.getClass().getName() + ", but must be a " + type);
    }
}
