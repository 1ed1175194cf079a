package dev.ferrule.container.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the texts of settings come from. The first source that has a value wins. */
@FunctionalInterface
public interface SettingsSource {
    /** The value of a key, or null when this source has none. */
    @Nullable
    String value(String key);

    /** System properties, then environment variables: {@code ferrule.port} is {@code FERRULE_PORT} there. */
    static SettingsSource ofSystem() {
        return key -> {
            String property = System.getProperty(key);
            return property != null ? property : System.getenv(environmentName(key));
        };
    }

    private static String environmentName(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (char character : key.toUpperCase(Locale.ROOT).toCharArray()) {
            name.append(Character.isLetterOrDigit(character) ? character : '_');
        }
        return name.toString();
    }
}
