package dev.ferrule.engine.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V18: nothing that an application puts into a header can end its line. */
class HeaderRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\r\n b", "a\0b", "é", "\u0085", "a\u2028b", "\u007f", "\u001b[31m"})
    void aValueWithALineEndAControlCharacterOrNonAsciiIsRefused(String value) {
        assertThatThrownBy(() -> HeaderRules.requireValid(Map.of("X-Trace", List.of("good", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Trace")
                .message()
                .doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "é", "a\0", "(a)"})
    void aNameIsAToken(String name) {
        assertThatThrownBy(() -> HeaderRules.requireValid(Map.of(name, List.of("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("[ -~§]+");
    }

    @Test
    void aLongWrongNameIsNotRepeatedWhole() {
        assertThatThrownBy(() -> HeaderRules.requireValid(Map.of("é".repeat(5000), List.of())))
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void visibleAsciiSpaceAndTabAreAllowed() {
        assertThatCode(() -> HeaderRules.requireValid(Map.of("X", List.of("a\tb ~!\"#$%&'()", ""))))
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("obligation-8.7")
    void headsLookUpWithoutCaseAndCannotBeChanged() {
        RequestHead request = new RequestHead("GET", "/a?b=c?d", Map.of("Host", List.of("h"), "Empty", List.of()));
        assertThat(request.header("hOST")).isEqualTo("h");
        assertThat(request.header("empty")).isNull();
        assertThat(request.header("none")).isNull();
        assertThat(request.path()).isEqualTo("/a");
        assertThat(request.query()).isEqualTo("b=c?d");
        assertThatThrownBy(() -> request.headers().get("host").add("x"))
                .isInstanceOf(UnsupportedOperationException.class);
        RequestHead plain = new RequestHead("GET", "/a", Map.of());
        assertThat(plain.path()).isEqualTo("/a");
        assertThat(plain.query()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99, 600, -1})
    void aStatusIsOneOfHttps(int status) {
        assertThatThrownBy(() -> new ResponseHead(status, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aResponseLooksUpWithoutCase() {
        assertThat(new ResponseHead(599, Map.of("A", List.of("b"))).header("a")).isEqualTo("b");
        assertThat(new ResponseHead(100, Map.of()).header("a")).isNull();
    }
}
