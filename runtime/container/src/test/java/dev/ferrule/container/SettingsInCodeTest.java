package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.OverflowPolicy;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What builders of servers and clients are told. */
class SettingsInCodeTest {
    @Test
    void aValueMayBeOfItsSettingsType() {
        Settings settings = FerruleClient.builder()
                .set(Keys.PORT, 7)
                .set(Keys.COMPRESSION, false)
                .set(Keys.CLOSE_TIMEOUT, Duration.ofMillis(1_500))
                .set(Keys.ALLOWED_ORIGINS, List.of("https://a.example", "https://b.example"))
                .set(Keys.SEND_POLICY, OverflowPolicy.DROP_OLDEST)
                .readSettings();
        assertThat(settings.get(Keys.PORT)).isEqualTo(7);
        assertThat(settings.get(Keys.COMPRESSION)).isFalse();
        assertThat(settings.get(Keys.CLOSE_TIMEOUT)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(settings.get(Keys.ALLOWED_ORIGINS)).containsExactly("https://a.example", "https://b.example");
        assertThat(settings.get(Keys.SEND_POLICY)).isEqualTo(OverflowPolicy.DROP_OLDEST);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "999999, 1", "1000000, 1", "1000001, 2"})
    void aTimeIsRoundedUpToMillis(long nanos, long millis) {
        Settings settings = FerruleClient.builder()
                .set(Keys.IDLE_TIMEOUT, Duration.ofNanos(nanos))
                .readSettings();
        assertThat(settings.get(Keys.IDLE_TIMEOUT)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1_000_000})
    void aTimeBelowZeroIsRefused(long nanos) {
        FerruleClient.Builder client = FerruleClient.builder().set(Keys.IDLE_TIMEOUT, Duration.ofNanos(nanos));
        assertThatThrownBy(client::build)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ferrule.timeouts.idle is '-1ms'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*.example.org",
                "https://a.example:44x3",
                "https://:443",
                "https://u@a.example",
                "https://a.example/path",
                "a.example"
            })
    void whatIsNoOriginIsRefused(String text) {
        FerruleClient.Builder client = FerruleClient.builder().set(Keys.ALLOWED_ORIGINS, text);
        assertThatThrownBy(client::build)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ferrule.origin.allowed is '" + text + "'");
    }

    @Test
    void aValueMayBeAText() {
        Settings settings =
                FerruleClient.builder().set(Keys.CLOSE_TIMEOUT, "2s").readSettings();
        assertThat(settings.get(Keys.CLOSE_TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void keysOfNoSettingAreNamed() {
        FerruleClient.Builder client = FerruleClient.builder()
                .set("ferrule.prot", "0")
                .set("ferrule.limit.message", "1K")
                .set(Keys.PORT, -1);
        assertThatThrownBy(client::build)
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("There is no setting ferrule.limit.message; There is no setting ferrule.prot; ")
                .hasMessageContaining("ferrule.port is '-1'");
    }

    @Test
    void keysForPathsMayBeAny() {
        Settings settings = FerruleClient.builder().set("chat.path", "/talk").readSettings();
        assertThat(settings.expand("${chat.path}/room")).isEqualTo("/talk/room");
    }
}
