package dev.ferrule.container.settings;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys of single endpoints: {@code ferrule.endpoint."/chat/{room}".limits.message}, with the endpoint's path or the name of
 * its class in the quotes, and one of {@link Keys#PER_ENDPOINT} behind them.
 */
final class EndpointKeys {
    static final String OURS = "ferrule.";
    static final String PREFIX = "ferrule.endpoint.";

    /** How the prefix looks as an environment variable, whose names do not show where the quotes were. */
    private static final String ENVIRONMENT_PREFIX = EnvironmentName.of(PREFIX + '"');

    private EndpointKeys() {}

    /** The key of a setting for one endpoint, which is named by its path or its class. */
    static String of(String endpoint, Setting<?> setting) {
        return PREFIX + '"' + endpoint + "\"." + suffix(setting);
    }

    private static String suffix(Setting<?> setting) {
        return setting.key().substring(OURS.length());
    }

    /**
     * Looks at every key of an endpoint that a source names, whether there is such an endpoint or not.
     *
     * @param each gets the key and its setting
     * @param problems gets what is no key of an endpoint's setting
     */
    static void forEach(SettingsSource source, BiConsumer<String, Setting<?>> each, List<String> problems) {
        for (String name : keys(source)) {
            if (name.startsWith(PREFIX)) {
                String endpoint = endpoint(name);
                Setting<?> setting = endpoint == null ? null : setting(name, endpoint);
                if (setting != null) {
                    each.accept(name, setting);
                } else {
                    problems.add(endpoint == null ? unquoted(name) : unknown(name));
                }
            }
        }
    }

    /**
     * The keys of endpoints that a source names, but that are for none of these.
     *
     * @param endpoints the paths and class names of endpoints
     */
    static Set<String> strangers(SettingsSource source, Collection<String> endpoints) {
        Set<String> strangers = keys(source);
        if (strangers.isEmpty()) {
            return strangers;
        }
        Set<String> known = new HashSet<>();
        for (String endpoint : endpoints) {
            for (Setting<?> setting : Keys.PER_ENDPOINT) {
                String key = of(endpoint, setting);
                known.add(key);
                known.add(EnvironmentName.of(key));
            }
        }
        strangers.removeAll(known);
        return strangers;
    }

    /** The names that begin as ours do. Some sources guess keys from environment variables; only the variables count. */
    private static Set<String> keys(SettingsSource source) {
        Set<String> names = source.names();
        Set<String> keys = new TreeSet<>();
        for (String name : names) {
            boolean key = name.startsWith(PREFIX) && !names.contains(EnvironmentName.of(name));
            if (key || name.startsWith(ENVIRONMENT_PREFIX)) {
                keys.add(name);
            }
        }
        return keys;
    }

    private static @Nullable String endpoint(String name) {
        int end = name.lastIndexOf("\".");
        boolean quoted = end > PREFIX.length() + 1 && name.charAt(PREFIX.length()) == '"';
        return quoted ? name.substring(PREFIX.length() + 1, end) : null;
    }

    private static @Nullable Setting<?> setting(String name, String endpoint) {
        return Keys.PER_ENDPOINT.stream()
                .filter(setting -> of(endpoint, setting).equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String unquoted(String name) {
        return name + " names no endpoint: its path or the name of its class stands in quotes, as in "
                + of("/path", Keys.MAX_MESSAGE);
    }

    private static String unknown(String name) {
        return name + " is no setting of an endpoint; there are "
                + Keys.PER_ENDPOINT.stream().map(EndpointKeys::suffix).collect(Collectors.joining(", "));
    }
}
