package dev.ferrule.container.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the texts of settings come from. The first source that has a value wins. */
@FunctionalInterface
public interface SettingsSource {
    /**
     * The value of a key, or null when this source has none.
     *
     * @throws SettingsException when there is one that cannot be read; the message names the key
     */
    @Nullable
    String value(String key);

    /**
     * The names of what this source has, as far as it can tell, so that misspelt keys of endpoints are found; also names that
     * are no settings of ours. None by default.
     */
    default Set<String> names() {
        return Set.of();
    }

    /** System properties, then environment variables: {@code ferrule.port} is {@code FERRULE_PORT} there. */
    static SettingsSource ofSystem() {
        return new SettingsSource() {
            @Override
            public @Nullable String value(String key) {
                String property = System.getProperty(key);
                return property != null ? property : System.getenv(EnvironmentName.of(key));
            }

            @Override
            public Set<String> names() {
                Set<String> names = new HashSet<>(System.getProperties().stringPropertyNames());
                names.addAll(System.getenv().keySet());
                return names;
            }
        };
    }

    /** The values of a map, which may change. */
    static SettingsSource of(Map<String, String> values) {
        return new SettingsSource() {
            @Override
            public @Nullable String value(String key) {
                return values.get(key);
            }

            @Override
            public Set<String> names() {
                return Set.copyOf(values.keySet());
            }
        };
    }

    /** Several sources, the strongest first: for each key, the first that has a value which is not blank. */
    static SettingsSource firstOf(List<SettingsSource> sources) {
        List<SettingsSource> all = List.copyOf(sources);
        return new SettingsSource() {
            @Override
            public @Nullable String value(String key) {
                for (SettingsSource source : all) {
                    String text = source.value(key);
                    if (text != null && !text.isBlank()) {
                        return text;
                    }
                }
                return null;
            }

            @Override
            public Set<String> names() {
                Set<String> names = new HashSet<>();
                all.forEach(source -> names.addAll(source.names()));
                return names;
            }
        };
    }
}
