package dev.ferrule.container.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting: a text that it takes and what that means, and texts that it refuses. */
class SettingsTableTest {
    private static final String ENDPOINT = "/chat/{room}";

    private static final List<String> NO_BYTES = List.of("many", "-1", "1.5", "K", "3G", "12q");
    private static final List<String> NO_FLAG = List.of("maybe", "1");
    private static final List<String> NO_TIME = List.of("soon", "-1", "1.5s", "s", "9000h", "99999999999999999999");
    private static final List<String> NO_TIME_NOR_ZERO = List.of("soon", "-1", "0", "0s", "9000h");
    private static final List<String> ANY_TEXT = List.of();

    private static Arguments row(Setting<?> setting, String text, Object value, List<String> wrong) {
        return arguments(setting, text, value, wrong);
    }

    /** What is wrong with a text that is free shows when it is used: an unknown transport, an unreadable key store. */
    static Stream<Arguments> rows() {
        return Stream.of(
                row(Keys.HOST, " 0.0.0.0 ", "0.0.0.0", ANY_TEXT),
                row(Keys.PORT, "0", 0, List.of("http", "-1", "65536", "80.0")),
                row(Keys.TRANSPORT, "memory", "memory", ANY_TEXT),
                row(Keys.KEYSTORE, "server.p12", "server.p12", ANY_TEXT),
                row(Keys.KEYSTORE_PASSWORD, "secret", "secret", ANY_TEXT),
                row(Keys.MAX_MESSAGE, "64K", 65_536, List.of("many", "-1", "0", "3G")),
                row(Keys.MAX_FRAME, "125", 125, List.of("124", "many")),
                row(Keys.MAX_FRAGMENTS, "1", 1, List.of("0", "many")),
                row(Keys.MAX_HANDSHAKE_BYTES, "1k", 1024, List.of("1023", "many")),
                row(Keys.MAX_HEADERS, "10", 10, List.of("9", "10001", "many")),
                row(Keys.HANDSHAKE_TIMEOUT, "500", Duration.ofMillis(500), NO_TIME_NOR_ZERO),
                row(Keys.CONNECT_TIMEOUT, "500ms", Duration.ofMillis(500), NO_TIME_NOR_ZERO),
                row(Keys.TLS_TIMEOUT, "2s", Duration.ofSeconds(2), NO_TIME_NOR_ZERO),
                row(Keys.CLOSE_TIMEOUT, "1 m", Duration.ofMinutes(1), NO_TIME_NOR_ZERO),
                row(Keys.WRITE_STALL_TIMEOUT, "8760h", Duration.ofDays(365), NO_TIME_NOR_ZERO),
                row(Keys.IDLE_TIMEOUT, "10m", Duration.ofMinutes(10), NO_TIME),
                row(Keys.PING_INTERVAL, "0s", Duration.ZERO, NO_TIME),
                row(Keys.PING_TIMEOUT, "1s", Duration.ofSeconds(1), NO_TIME_NOR_ZERO),
                row(Keys.SEND_HIGH_WATER_MARK, "1", 1, List.of("0", "many")),
                row(Keys.SEND_LOW_WATER_MARK, "0", 0, NO_BYTES),
                row(Keys.SEND_CAP, "1M", 1 << 20, List.of("1023", "many")),
                row(Keys.SEND_BUDGET, "1G", 1 << 30, NO_BYTES),
                row(Keys.SEND_POLICY, "Drop-Oldest", OverflowPolicy.DROP_OLDEST, List.of("hope", "drop oldest")),
                row(Keys.COMPRESSION, "off", false, NO_FLAG),
                row(Keys.COMPRESSION_OFFER, "TRUE", true, NO_FLAG),
                row(Keys.COMPRESSION_THRESHOLD, "0", 0, NO_BYTES),
                row(Keys.COMPRESSION_LEVEL, "9", 9, List.of("0", "10", "best")),
                row(
                        Keys.ALLOWED_ORIGINS,
                        "https://a.example, https://b.example:8443/ ,",
                        List.of("https://a.example", "https://b.example:8443"),
                        List.of("example.org", "https://a.example/chat", "https://a.example;https://b.example")),
                row(Keys.ERROR_STRATEGY, "Close-1007", ErrorStrategy.CLOSE_1007, List.of("close", "1007")),
                row(Keys.CALLBACKS_ON, "own-thread", CallbackPlace.OWN_THREAD, List.of("loop", "event loop")),
                row(Keys.CALLBACK_THREADS, "1", 1, List.of("0", "100001", "many")),
                row(Keys.REDIRECTS, "0", 0, List.of("-1", "51")),
                row(Keys.RETRY_AFTER, "1h", Duration.ofHours(1), NO_TIME),
                row(Keys.USER, "ada", "ada", ANY_TEXT),
                row(Keys.PASSWORD, "secret", "secret", ANY_TEXT),
                row(Keys.PREEMPTIVE, "on", true, NO_FLAG),
                row(
                        Keys.AUTH_ORIGINS,
                        "wss://a.example:8443",
                        List.of("wss://a.example:8443"),
                        List.of("a.example", "*", "null")),
                row(Keys.PROXY, "Direct", "direct", List.of("proxy", "proxy:", ":8080", "proxy:0", "proxy:65536")),
                row(Keys.PROXY_USER, "ada", "ada", ANY_TEXT),
                row(Keys.PROXY_PASSWORD, "secret", "secret", ANY_TEXT));
    }

    private static Settings read(Map<String, String> values) {
        return Settings.read(SettingsSource.of(values));
    }

    @Test
    void thisTableHasEverySettingOnce() {
        assertThat(rows().map(row -> row.get()[0])).containsExactlyElementsOf(Keys.ALL);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("rows")
    void aTextBecomesAValue(Setting<?> setting, String text, Object value, List<String> wrong) {
        assertThat(setting.defaultValue()).isNotEqualTo(value);
        assertThat((Object) read(Map.of(setting.key(), text)).get(setting)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("rows")
    void aWrongTextIsRefusedWithTheKeyAndWhatIsAllowed(
            Setting<?> setting, String text, Object value, List<String> wrong) {
        for (String refused : wrong) {
            assertThatThrownBy(() -> read(Map.of(setting.key(), refused)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage(setting.key() + " is '" + refused + "', but must be " + setting.allowed());
        }
    }

    @ParameterizedTest
    @FieldSource("dev.ferrule.container.settings.Keys#PER_ENDPOINT")
    void anEndpointMayHaveAValueOfItsOwn(Setting<?> setting) {
        Object[] row = rows().filter(each -> each.get()[0] == setting)
                .findFirst()
                .orElseThrow()
                .get();
        String suffix = setting.key().substring("ferrule".length());
        for (String endpoint : List.of(ENDPOINT, SettingsTableTest.class.getName())) {
            Settings settings = read(Map.of("ferrule.endpoint.\"" + endpoint + "\"" + suffix, row[1].toString()));
            assertThat((Object) settings.ofEndpoint(ENDPOINT, SettingsTableTest.class)
                            .get(setting))
                    .isEqualTo(row[2]);
            assertThat(settings.ofEndpoint(ENDPOINT, SettingsTableTest.class).isOwn(setting))
                    .isTrue();
            assertThat((Object) settings.get(setting)).isEqualTo(setting.defaultValue());
            assertThat((Object) settings.ofEndpoint("/other", String.class).get(setting))
                    .isEqualTo(setting.defaultValue());
        }
    }

    @Test
    void everyWrongTextIsToldAtOnceAlsoThoseOfEndpoints() {
        Map<String, String> wrong = new TreeMap<>();
        rows().forEach(row -> {
            Setting<?> setting = (Setting<?>) row.get()[0];
            ((List<?>) row.get()[3]).stream().findFirst().ifPresent(text -> {
                wrong.put(setting.key(), text.toString());
                if (Keys.PER_ENDPOINT.contains(setting)) {
                    wrong.put("ferrule.endpoint.\"/a\"" + setting.key().substring("ferrule".length()), text.toString());
                }
            });
        });
        assertThatThrownBy(() -> read(new HashMap<>(wrong)))
                .isInstanceOf(SettingsException.class)
                .satisfies(failure -> wrong.forEach((key, text) ->
                        assertThat(failure).hasMessageContaining(key + " is '" + text + "', but must be ")));
    }
}
