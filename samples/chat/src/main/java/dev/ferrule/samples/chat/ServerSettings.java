package dev.ferrule.samples.chat;

import dev.ferrule.container.settings.SettingsSource;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import java.util.Map;

/** Hands settings from the command line to the embedded server, as a bean: stronger than the configuration. */
class ServerSettings implements Extension {
    private final Map<String, String> values;

    ServerSettings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    void add(@Observes AfterBeanDiscovery event) {
        event.<SettingsSource>addBean()
                .types(SettingsSource.class)
                .scope(Singleton.class)
                .createWith(context -> SettingsSource.of(values));
    }
}
