package dev.ferrule.cdi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicroProfileSettingsTest {
    /** A MicroProfile Config with one value. */
    private static final class OneValue extends ConfigProviderResolver {
        @Override
        public Config getConfig() {
            return (Config) Proxy.newProxyInstance(
                    Config.class.getClassLoader(),
                    new Class<?>[] {Config.class},
                    (proxy, method, arguments) ->
                            arguments[0].equals("ferrule.port") ? Optional.of("9090") : Optional.empty());
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return getConfig();
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new AssertionError("Nobody builds a configuration here");
        }

        @Override
        public void registerConfig(Config config, ClassLoader loader) {}

        @Override
        public void releaseConfig(Config config) {}
    }

    @AfterEach
    void forget() {
        ConfigProviderResolver.setInstance(null);
    }

    @Test
    void itsValuesAreSettings() {
        ConfigProviderResolver.setInstance(new OneValue());
        assertThat(MicroProfileSettings.present()).hasValueSatisfying(source -> {
            assertThat(source.value("ferrule.port")).isEqualTo("9090");
            assertThat(source.value("ferrule.host")).isNull();
        });
    }

    @Test
    void theApiAloneIsNoConfiguration() {
        assertThat(MicroProfileSettings.present()).isEmpty();
    }
}
