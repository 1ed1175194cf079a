package dev.ferrule.container.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting: its key, its default, what its values look like, and why the default is what it is.
 *
 * @param <T> the type of its values
 */
public final class Setting<T> {
    /** Longer times are slips, and do not fit into nanoseconds for ever. */
    private static final Duration A_YEAR = Duration.ofDays(365);

    private final String key;
    private final T defaultValue;
    private final String allowed;
    private final String reason;
    private final Function<String, T> parser;

    private Setting(String key, T defaultValue, String allowed, String reason, Function<String, T> parser) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.reason = reason;
        this.parser = parser;
    }

    static Setting<String> text(String key, String defaultValue, String allowed, String reason) {
        return new Setting<>(key, defaultValue, allowed, reason, String::trim);
    }

    static Setting<String> parsed(
            String key, String defaultValue, String allowed, String reason, Function<String, String> parser) {
        return new Setting<>(key, defaultValue, allowed, reason, parser);
    }

    /** @param others what may stand in the list beside origins */
    static Setting<List<String>> origins(String key, Set<String> others, String allowed, String reason) {
        return new Setting<>(
                key,
                List.of(),
                allowed,
                reason,
                text -> Arrays.stream(text.split(",", -1))
                        .filter(value -> !value.isBlank())
                        .map(value -> others.contains(value.trim()) ? value.trim() : origin(value.trim()))
                        .toList());
    }

    private static String origin(String text) {
        return Origin.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                .toString();
    }

    static Setting<Boolean> flag(String key, boolean defaultValue, String reason) {
        return new Setting<>(key, defaultValue, "true or false", reason, text -> switch (lower(text)) {
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    static Setting<Integer> number(String key, int defaultValue, int least, int most, String reason) {
        return new Setting<>(key, defaultValue, "a whole number from " + least + " to " + most, reason, text -> {
            int value = Integer.parseInt(text.trim());
            if (value < least || value > most) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    static Setting<Integer> bytes(String key, int defaultValue, int least, String reason) {
        String allowed = "bytes, from " + least + " to " + Integer.MAX_VALUE + ", such as 65536, 64K or 1M";
        return new Setting<>(key, defaultValue, allowed, reason, text -> {
            long value = parseBytes(lower(text));
            if (value < least || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(text);
            }
            return (int) value;
        });
    }

    static Setting<Duration> duration(String key, Duration defaultValue, boolean zeroIsOff, String reason) {
        String allowed = "milliseconds, or with a unit such as 500ms, 10s, 2m, up to 8760h"
                + (zeroIsOff ? "; 0 turns it off" : "");
        return new Setting<>(key, defaultValue, allowed, reason, text -> {
            Duration value = parseDuration(lower(text));
            if (value.isNegative() || (value.isZero() && !zeroIsOff) || value.compareTo(A_YEAR) > 0) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    static <E extends Enum<E>> Setting<E> choice(String key, Class<E> type, E defaultValue, String reason) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return new Setting<>(
                key,
                defaultValue,
                "one of " + String.join(", ", names),
                reason,
                text -> Enum.valueOf(type, text.trim().toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    /** The key: {@code ferrule.port}. The environment variable has it in capitals with underscores: {@code FERRULE_PORT}. */
    public String key() {
        return key;
    }

    /** The value when nobody sets one. */
    public T defaultValue() {
        return defaultValue;
    }

    /** What its values look like, for people. */
    public String allowed() {
        return allowed;
    }

    /** Why the default is what it is. */
    public String reason() {
        return reason;
    }

    /** A text that stands for a value of some setting. */
    public static String text(Object value) {
        if (value instanceof Duration time) {
            // A little is not nothing, which turns some off.
            return time.plusNanos(time.isNegative() ? -999_999 : 999_999).toMillis() + "ms";
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Setting::text).collect(Collectors.joining(","));
        }
        return value.toString();
    }

    /** The value that a text stands for, or an {@link IllegalArgumentException} when it stands for none. */
    T parse(String text) {
        return parser.apply(text);
    }

    private static long parseBytes(String text) {
        int unit = switch (text.charAt(text.length() - 1)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        long number = Long.parseLong(
                unit == 0 ? text : text.substring(0, text.length() - 1).trim());
        return Math.multiplyExact(number, 1L << unit);
    }

    private static Duration parseDuration(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits).trim()) {
            case "", "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String lower(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return key;
    }
}
