package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosePayloadsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 41, 42, 123})
    void aReasonThatFitsStaysAsItIs(int length) {
        assertThat(ClosePayloads.fit("x".repeat(length))).isEqualTo("x".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "→", "😀"})
    void aReasonThatIsTooLongIsCutAtACharacter(String character) {
        int bytes = character.getBytes(StandardCharsets.UTF_8).length;

        assertThat(ClosePayloads.fit(character.repeat(124))).isEqualTo(character.repeat(123 / bytes));
    }

    @Test
    void theLongestReasonIsWhatAFrameHolds() {
        assertThat(ClosePayloads.fit("→".repeat(41))).isEqualTo("→".repeat(41));
        assertThat(ClosePayloads.fit("→".repeat(42))).isEqualTo("→".repeat(41));
    }
}
