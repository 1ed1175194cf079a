package dev.ferrule.container.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of all settings, read once and checked together. Immutable. */
public final class Settings {
    private final Map<Setting<?>, Object> values;

    private Settings(Map<Setting<?>, Object> values) {
        this.values = values;
    }

    /**
     * Reads every setting of {@link Keys#ALL}.
     *
     * @param sources where to look, the strongest first
     * @throws SettingsException when values are wrong; the message lists all of them
     */
    public static Settings read(SettingsSource... sources) {
        Map<Setting<?>, Object> values = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Setting<?> setting : Keys.ALL) {
            String text = find(setting.key(), sources);
            if (text != null) {
                try {
                    values.put(setting, setting.parse(text));
                } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException wrong) {
                    problems.add(setting.key() + " is '" + text + "', but must be " + setting.allowed());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(String.join("; ", problems));
        }
        return new Settings(Map.copyOf(values));
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        return value == null ? setting.defaultValue() : (T) value;
    }

    private static @Nullable String find(String key, SettingsSource... sources) {
        for (SettingsSource source : sources) {
            String text = source.value(key);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}
