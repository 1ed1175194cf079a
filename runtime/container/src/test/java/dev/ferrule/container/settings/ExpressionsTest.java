package dev.ferrule.container.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final Settings SETTINGS = Settings.read(
            SettingsSource.of(Map.of("chat.path", "/talk", "padded", " x ", "blank", " ", "money", "${chat.path}")));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/chat/{room}, /chat/{room}",
                "${chat.path}/{room}, /talk/{room}",
                "${chat.path:/chat}/{room}, /talk/{room}",
                "${other.path:/chat}/{room}, /chat/{room}",
                "${other.path:/chat/{room}}, /chat/{room}",
                "${a:${b:${chat.path}}}/x, /talk/x",
                "/${none:}x, /x",
                "/${padded}/${padded:y}, /x/x",
                "/${blank:z}, /z",
                "/${a:b:c}, /b:c",
                "${money}, ${chat.path}",
                "/$/{x}, /$/{x}"
            })
    void expressionsAreReplaced(String text, String expanded) {
        assertThat(SETTINGS.expand(text)).isEqualTo(expanded);
    }

    @Test
    void aKeyWithoutValueAndDefaultIsNamed() {
        assertThatThrownBy(() -> SETTINGS.expand("${chat.root}/x"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "In '${chat.root}/x' the key chat.root has no value: set it, or write ${chat.root:default}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${chat.path", "/a/${b:{c}"})
    void anExpressionWithoutEndIsRefused(String text) {
        assertThatThrownBy(() -> SETTINGS.expand(text)).hasMessageContaining("has no end");
    }
}
