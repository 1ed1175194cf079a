package dev.ferrule.cdi.server;

import dev.ferrule.container.settings.SettingsException;
import dev.ferrule.container.settings.SettingsSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** MicroProfile Config as a source of settings. The only class that knows it; touched where it may be absent. */
final class MicroProfileSettings implements SettingsSource {
    private final Config config;

    private MicroProfileSettings(Config config) {
        this.config = config;
    }

    /** The application's configuration, or empty where there is no MicroProfile Config, or only its API. */
    static Optional<SettingsSource> present() {
        try {
            return Optional.of(new MicroProfileSettings(ConfigProvider.getConfig()));
        } catch (NoClassDefFoundError | IllegalStateException absent) {
            return Optional.empty();
        }
    }

    @Override
    public @Nullable String value(String key) {
        try {
            return config.getOptionalValue(key, String.class).orElse(null);
        } catch (IllegalArgumentException unreadable) {
            throw new SettingsException(key + " cannot be read: " + unreadable.getMessage());
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        config.getPropertyNames().forEach(names::add);
        return names;
    }
}
