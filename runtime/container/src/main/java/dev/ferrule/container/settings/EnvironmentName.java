package dev.ferrule.container.settings;

import java.util.Locale;

/** Names of environment variables, by the rule of MicroProfile Config. */
final class EnvironmentName {
    private EnvironmentName() {}

    /** The variable that stands for a key: in capitals, with an underscore for whatever is no letter or digit. */
    static String of(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (char character : key.toUpperCase(Locale.ROOT).toCharArray()) {
            name.append(Character.isLetterOrDigit(character) ? character : '_');
        }
        return name.toString();
    }
}
