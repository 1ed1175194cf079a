package dev.ferrule.container.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of single endpoints: which value wins, and which keys are none. */
class EndpointKeysTest {
    private static final String BY_PATH = "ferrule.endpoint.\"/chat/{room}\".limits.message";
    private static final String BY_CLASS = "ferrule.endpoint.\"java.lang.String\".limits.message";

    private static int limit(Map<String, String> values) {
        return Settings.read(SettingsSource.of(values))
                .ofEndpoint("/chat/{room}", String.class)
                .get(Keys.MAX_MESSAGE);
    }

    @Test
    void thePathIsStrongerThanTheClassAndBothThanTheContainer() {
        Map<String, String> all = Map.of(BY_PATH, "1K", BY_CLASS, "2K", "ferrule.limits.message", "3K");
        assertThat(limit(all)).isEqualTo(1024);
        assertThat(limit(Map.of(BY_CLASS, "2K", "ferrule.limits.message", "3K")))
                .isEqualTo(2048);
        assertThat(limit(Map.of("ferrule.limits.message", "3K"))).isEqualTo(3072);
    }

    @Test
    void anEndpointsKeyOfAWeakSourceBeatsAContainersKeyOfAStrongOne() {
        Settings settings =
                Settings.read(SettingsSource.of(Map.of("ferrule.limits.message", "3K")), Map.of(BY_PATH, "1K")::get);
        assertThat(settings.ofEndpoint("/chat/{room}", String.class).get(Keys.MAX_MESSAGE))
                .isEqualTo(1024);
    }

    @Test
    void aWrongValueOfASourceThatNamesNothingIsFoundWhenTheEndpointIs() {
        Settings settings = Settings.read(Map.of(BY_PATH, "many", BY_CLASS, "lots")::get);
        assertThatThrownBy(() -> settings.ofEndpoint("/chat/{room}", String.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(BY_PATH + " is 'many'", BY_CLASS + " is 'lots'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ferrule.endpoint.\"/chat\".limits.mesage",
                "ferrule.endpoint.\"/chat\".port",
                "ferrule.endpoint.\"/chat\".timeouts.handshake"
            })
    void whatIsNoSettingOfAnEndpointIsRefused(String key) {
        assertThatThrownBy(() -> Settings.read(SettingsSource.of(Map.of(key, "1"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(key + " is no setting of an endpoint; there are limits.message, limits.frame,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ferrule.endpoint./chat.limits.message",
                "ferrule.endpoint.limits.message",
                "ferrule.endpoint.\"\".limits.message",
                "ferrule.endpoint.\"/chat.limits.message",
                "ferrule.endpoint.\"/chat\"limits.message"
            })
    void anEndpointOutsideOfQuotesIsRefused(String key) {
        assertThatThrownBy(() -> Settings.read(SettingsSource.of(Map.of(key, "1"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage(key + " names no endpoint: its path or the name of its class stands in quotes, as in"
                        + " ferrule.endpoint.\"/path\".limits.message");
    }

    @Test
    void whatASourceGuessesFromAnEnvironmentVariableIsNoKey() {
        Settings settings = Settings.read(SettingsSource.of(Map.of(
                "FERRULE_ENDPOINT___CHAT__ROOM___LIMITS_MESSAGE", "1K",
                "ferrule.endpoint.\".chat\".room.\".limits.message", "1K")));
        assertThat(settings.keysForNoneOf(List.of("/chat/{room}"))).isEmpty();
    }

    @Test
    void keysForNoEndpointAreFoundAlsoAmongEnvironmentVariables() {
        Settings settings = Settings.read(SettingsSource.of(Map.of(
                BY_PATH,
                "1K",
                "ferrule.endpoint.\"/caht\".limits.message",
                "1K",
                "FERRULE_ENDPOINT___CHAT__ROOM___LIMITS_MESSAGE",
                "1K",
                "FERRULE_ENDPOINT___CAHT___LIMITS_MESSAGE",
                "1K",
                "FERRULE_HOME",
                "/opt/ferrule")));
        assertThat(settings.keysForNoneOf(List.of("/chat/{room}", "java.lang.String")))
                .containsExactly(
                        "FERRULE_ENDPOINT___CAHT___LIMITS_MESSAGE", "ferrule.endpoint.\"/caht\".limits.message");
    }
}
