package dev.ferrule.samples.echo;

import dev.ferrule.container.settings.SettingsSource;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;

/** Makes the command line a bean: the {@link Options} as they are, and their settings for the embedded server. */
class OptionsAsBeans implements Extension {
    private final Options options;

    OptionsAsBeans(Options options) {
        this.options = options;
    }

    void add(@Observes AfterBeanDiscovery event) {
        event.<Options>addBean().types(Options.class).scope(Singleton.class).createWith(context -> options);
        event.<SettingsSource>addBean()
                .types(SettingsSource.class)
                .scope(Singleton.class)
                .createWith(context -> (SettingsSource) options.settings()::get);
    }
}
