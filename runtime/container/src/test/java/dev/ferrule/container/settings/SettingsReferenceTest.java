package dev.ferrule.container.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference has every setting in its table, with what the code says about it. */
class SettingsReferenceTest {
    private static final int KIBI = 1024;

    @Test
    void theTableIsTheCodes() throws Exception {
        String table = Keys.ALL.stream().map(SettingsReferenceTest::row).collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("..", "REFERENCE.md"))).contains(table);
    }

    @Test
    void theReadmeNamesNoOthers() throws Exception {
        List<String> named = Pattern.compile("^\\| .*", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "..", "README.md")))
                .results()
                .flatMap(row -> Pattern.compile("`(ferrule\\.[a-z.-]+)`")
                        .matcher(row.group())
                        .results())
                .map(key -> key.group(1))
                .toList();
        assertThat(named).contains("ferrule.port");
        assertThat(Keys.ALL.stream().map(Setting::key)).containsAll(named);
    }

    private static String row(Setting<?> setting) {
        return "| `" + setting.key() + "`" + (Keys.PER_ENDPOINT.contains(setting) ? " ◦" : "") + " | " + text(setting)
                + " | " + setting.allowed() + " | " + setting.reason() + " |";
    }

    private static String text(Setting<?> setting) {
        Object value = setting.defaultValue();
        if (value instanceof Duration time) {
            return time.isZero() ? "0" : time.toSeconds() + "s";
        }
        if (value instanceof Integer number && setting.allowed().startsWith("bytes")) {
            return bytes(number);
        }
        if (value instanceof List<?> list && list.isEmpty()) {
            return "";
        }
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private static String bytes(int number) {
        if (number > 0 && number % (KIBI * KIBI) == 0) {
            return number / (KIBI * KIBI) + "M";
        }
        return number > 0 && number % KIBI == 0 ? number / KIBI + "K" : String.valueOf(number);
    }
}
