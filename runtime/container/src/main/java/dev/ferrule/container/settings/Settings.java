package dev.ferrule.container.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of all settings, read once and checked together: those of a container, or of one endpoint. Immutable. */
public final class Settings {
    private final SettingsSource source;
    private final Map<Setting<?>, Object> values;
    private final Set<Setting<?>> own;

    private Settings(SettingsSource source, Map<Setting<?>, Object> values, Set<Setting<?>> own) {
        this.source = source;
        this.values = Map.copyOf(values);
        this.own = Set.copyOf(own);
    }

    /**
     * Reads every setting of {@link Keys#ALL}, and checks what the sources name for single endpoints.
     *
     * @param sources where to look, the strongest first
     * @throws SettingsException when values are wrong; the message lists all of them
     */
    public static Settings read(SettingsSource... sources) {
        return read(Set.of(), sources);
    }

    /**
     * As {@link #read(SettingsSource...)}.
     *
     * @param inCode the keys that were set in code: one that looks like a setting's and is none is a problem, too
     */
    public static Settings read(Set<String> inCode, SettingsSource... sources) {
        SettingsSource source = SettingsSource.firstOf(List.of(sources));
        Reading reading = new Reading(source);
        inCode.stream()
                .filter(Settings::isMistaken)
                .sorted()
                .forEach(key -> reading.problems.add("There is no setting " + key));
        Keys.ALL.forEach(setting -> reading.read(setting.key(), setting));
        Reading ofEndpoints = new Reading(source, reading.problems);
        EndpointKeys.forEach(source, ofEndpoints::read, reading.problems);
        reading.refuseProblems();
        return new Settings(source, reading.values, Set.of());
    }

    private static boolean isMistaken(String key) {
        return key.startsWith(EndpointKeys.OURS)
                && !key.startsWith(EndpointKeys.PREFIX)
                && Keys.ALL.stream().noneMatch(setting -> setting.key().equals(key));
    }

    /**
     * What holds for one endpoint: its own values, by its path, else by its class, else those of the container.
     *
     * @throws SettingsException when values are wrong; the message lists all of them
     */
    public Settings ofEndpoint(String path, Class<?> type) {
        Reading reading = new Reading(source);
        for (Setting<?> setting : Keys.PER_ENDPOINT) {
            reading.read(EndpointKeys.of(type.getName(), setting), setting);
            reading.read(EndpointKeys.of(path, setting), setting);
        }
        reading.refuseProblems();
        Map<Setting<?>, Object> all = new HashMap<>(values);
        all.putAll(reading.values);
        return new Settings(source, all, reading.values.keySet());
    }

    /** Whether an endpoint has a value of its own for a setting. */
    public boolean isOwn(Setting<?> setting) {
        return own.contains(setting);
    }

    /**
     * The keys of endpoints that the sources name, but that are for none of these.
     *
     * @param endpoints the paths and the class names of all endpoints
     */
    public Set<String> keysForNoneOf(Collection<String> endpoints) {
        return EndpointKeys.strangers(source, endpoints);
    }

    /**
     * Replaces {@code ${key}} and {@code ${key:default}} in a text by values of the sources.
     *
     * @throws SettingsException when a key without a default has no value
     */
    public String expand(String text) {
        return Expressions.expand(text, source);
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        return value == null ? setting.defaultValue() : (T) value;
    }

    /** Values and problems so far; a later value for a setting takes the place of an earlier one. */
    private static final class Reading {
        private final SettingsSource source;
        private final List<String> problems;
        private final Map<Setting<?>, Object> values = new HashMap<>();

        Reading(SettingsSource source) {
            this(source, new ArrayList<>());
        }

        Reading(SettingsSource source, List<String> problems) {
            this.source = source;
            this.problems = problems;
        }

        void read(String key, Setting<?> setting) {
            String text = null;
            try {
                text = source.value(key);
                if (text != null && !text.isBlank()) {
                    values.put(setting, setting.parse(text));
                }
            } catch (SettingsException unreadable) {
                problems.add(unreadable.getMessage());
            } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException wrong) {
                problems.add(key + " is '" + text + "', but must be " + setting.allowed());
            }
        }

        void refuseProblems() {
            if (!problems.isEmpty()) {
                throw new SettingsException(String.join("; ", problems));
            }
        }
    }
}
