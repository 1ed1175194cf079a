package dev.ferrule.samples.echo;

import dev.ferrule.container.settings.Keys;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line. What is not given comes from system properties and environment variables, as in every application.
 *
 * @param cdi whether endpoints are beans in a CDI container
 * @param subprotocols what {@code /echo} speaks, the preferred one first
 * @param settings texts of settings by their keys; the server checks them
 */
public record Options(boolean cdi, List<String> subprotocols, Map<String, String> settings) {
    private static final String KNOWN =
            "--port N, --no-cdi, --max-message BYTES, --subprotocols a,b, --deflate on|off, --tls KEYSTORE PASSWORD";

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException when one is unknown, incomplete or impossible; the message says which
     */
    static Options of(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        Map<String, String> settings = new HashMap<>();
        List<String> subprotocols = List.of();
        boolean cdi = true;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--no-cdi" -> cdi = false;
                case "--port" -> settings.put(Keys.PORT.key(), value(option, rest));
                case "--max-message" -> maxMessage(value(option, rest), settings);
                case "--subprotocols" -> subprotocols = names(option, value(option, rest));
                case "--deflate" -> settings.put(Keys.COMPRESSION.key(), onOrOff(option, value(option, rest)));
                case "--tls" -> {
                    settings.put(Keys.KEYSTORE.key(), value(option, rest));
                    settings.put(Keys.KEYSTORE_PASSWORD.key(), value(option, rest));
                }
                default ->
                    throw new IllegalArgumentException("Unknown argument '" + option + "'; there are " + KNOWN + ".");
            }
        }
        return new Options(cdi, subprotocols, Map.copyOf(settings));
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("A value is missing after " + option + "; there are " + KNOWN + ".");
        }
        return rest.remove();
    }

    /** 0 leaves the default. */
    private static void maxMessage(String bytes, Map<String, String> settings) {
        if (!bytes.equals("0")) {
            settings.put(Keys.MAX_MESSAGE.key(), bytes);
        }
    }

    private static List<String> names(String option, String value) {
        List<String> names = List.of(value.split(",", -1));
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(option + " is '" + value + "', but must be names such as chat,echo.");
        }
        return names;
    }

    private static String onOrOff(String option, String value) {
        return switch (value) {
            case "on" -> "true";
            case "off" -> "false";
            default -> throw new IllegalArgumentException(option + " is '" + value + "', but must be on or off.");
        };
    }
}
