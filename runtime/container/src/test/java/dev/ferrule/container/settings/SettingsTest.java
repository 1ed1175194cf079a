package dev.ferrule.container.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static Settings read(Map<String, String> values) {
        return Settings.read(values::get);
    }

    @Test
    void withoutValuesEverySettingHasItsDefault() {
        Settings settings = read(Map.of());
        assertThat(settings.get(Keys.HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.get(Keys.PORT)).isEqualTo(8080);
        assertThat(settings.get(Keys.MAX_MESSAGE)).isEqualTo(1 << 20);
        assertThat(settings.get(Keys.IDLE_TIMEOUT)).isZero();
    }

    @Test
    void theFirstSourceWins() {
        Settings settings = Settings.read(Map.of("ferrule.port", "1")::get, Map.of("ferrule.port", "2")::get);
        assertThat(settings.get(Keys.PORT)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "500ms, 500", "10s, 10000", "2m, 120000", "1h, 3600000"})
    void aDurationIsMillisecondsOrHasAUnit(String text, long millis) {
        assertThat(read(Map.of("ferrule.timeouts.close", text)).get(Keys.CLOSE_TIMEOUT))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"65536, 65536", "64K, 65536", "1m, 1048576"})
    void aSizeIsBytesOrHasAUnit(String text, int bytes) {
        assertThat(read(Map.of("ferrule.limits.message", text)).get(Keys.MAX_MESSAGE))
                .isEqualTo(bytes);
    }

    @Test
    void aListIsSplitAtCommas() {
        assertThat(read(Map.of("ferrule.origin.allowed", "https://a.example, https://b.example ,"))
                        .get(Keys.ALLOWED_ORIGINS))
                .isEqualTo(List.of("https://a.example", "https://b.example"));
    }

    @Test
    void aChoiceIsReadWithHyphens() {
        assertThat(read(Map.of("ferrule.send.policy", "drop-oldest")).get(Keys.SEND_POLICY))
                .isEqualTo(OverflowPolicy.DROP_OLDEST);
    }

    @Test
    void everyWrongValueIsNamedAtOnceWithWhatIsAllowed() {
        Map<String, String> wrong = Map.of(
                "ferrule.port", "http",
                "ferrule.timeouts.close", "soon",
                "ferrule.limits.message", "12q",
                "ferrule.compression.enabled", "maybe",
                "ferrule.send.policy", "hope");
        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(SettingsException.class)
                .satisfies(failure -> wrong.forEach((key, value) ->
                        assertThat(failure).hasMessageContaining(key + " is '" + value + "', but must be ")));
    }

    @ParameterizedTest
    @CsvSource({
        "ferrule.port, -1",
        "ferrule.port, 65536",
        "ferrule.limits.message, 0",
        "ferrule.limits.message, 3G",
        "ferrule.timeouts.close, 0",
        "ferrule.timeouts.close, ms",
        "ferrule.compression.level, 10"
    })
    void aValueOutOfRangeIsRefused(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value))).hasMessageContaining(key);
    }

    @Test
    void noTwoSettingsShareAKey() {
        assertThat(Keys.ALL.stream().map(Setting::key)).doesNotHaveDuplicates();
    }
}
