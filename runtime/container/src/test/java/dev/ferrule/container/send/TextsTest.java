package dev.ferrule.container.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextsTest {
    private final Texts texts = new Texts();

    @Test
    void aTextThatIsSentAgainIsEncodedOnce() {
        String text = "grün";
        byte[] first = texts.utf8(text).array();
        assertThat(texts.utf8(text).array()).isSameAs(first).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachUseHasAPositionOfItsOwn() {
        String text = "text";
        texts.utf8(text).get();
        assertThat(texts.utf8(text).remaining()).isEqualTo(4);
    }

    @Test
    void anotherTextWithTheSameContentIsAnotherText() {
        byte[] first = texts.utf8("again").array();
        assertThat(texts.utf8(new StringBuilder("again").toString()).array()).isNotSameAs(first);
    }

    @Test
    void aLongTextIsNotKept() {
        String text = "x".repeat(100_000);
        byte[] first = texts.utf8(text).array();
        assertThat(texts.utf8(text).array()).isNotSameAs(first).hasSize(100_000);
    }
}
