package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is told of a message that cannot be read. */
class ExcerptsTest {
    @Test
    void aReasonIsOneLineForEverybody() {
        assertThat(Excerpts.reason(new RuntimeException("a\nb\u0085c\u009bd\u2028e\u2029f")))
                .isEqualTo("a b c d e f");
    }
}
