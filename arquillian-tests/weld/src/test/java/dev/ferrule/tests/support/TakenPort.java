package dev.ferrule.tests.support;

import dev.ferrule.container.settings.SettingsSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** A port that somebody else has. Made by the CDI container, so a static says which: one test at a time. */
@ApplicationScoped
public class TakenPort implements SettingsSource {
    /** The port. */
    public static int port;

    @Override
    public String value(String key) {
        return Map.of("ferrule.port", String.valueOf(port), "ferrule.transport", "netty")
                .get(key);
    }
}
