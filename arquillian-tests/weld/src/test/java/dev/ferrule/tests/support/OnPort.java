package dev.ferrule.tests.support;

import dev.ferrule.container.settings.SettingsSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Settings of a deployment are a bean of it: this server listens on a free port of this machine. */
@ApplicationScoped
public class OnPort implements SettingsSource {
    private static final Map<String, String> VALUES = Map.of("ferrule.transport", "netty", "ferrule.port", "0");

    @Override
    public String value(String key) {
        return VALUES.get(key);
    }
}
