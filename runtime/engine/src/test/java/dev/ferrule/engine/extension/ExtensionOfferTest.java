package dev.ferrule.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of {@code Sec-WebSocket-Extensions} (RFC 6455 §9.1). */
class ExtensionOfferTest {
    @ParameterizedTest(name = "[{0}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "foo | foo",
                "foo; bar | foo; bar",
                "foo; bar=1; baz | foo; bar=1; baz",
                "foo;bar=1;baz | foo; bar=1; baz",
                "foo \t;\t bar = 1 | foo; bar=1",
                "foo; bar=\"1\" | foo; bar=1",
                "foo; bar=\"\\1\\2\" | foo; bar=12",
                "foo, bar | foo, bar",
                "foo,,bar, | foo, bar",
                " , foo | foo",
                "foo; x, foo; y | foo; x, foo; y",
                "foo; x; x=1 | foo; x; x=1",
                "!#$%&'*+-.^_`~ | !#$%&'*+-.^_`~",
                "'' | ''",
            })
    void whatTheGrammarAllowsIsReadAndPrinted(String header, String printed) throws Exception {
        List<ExtensionOffer> offers = ExtensionOffer.parse(List.of(header));
        assertThat(ExtensionOffer.print(offers)).isEqualTo(printed);
        assertThat(ExtensionOffer.parse(List.of(printed))).isEqualTo(offers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "foo;",
                "foo; ;",
                "foo bar",
                "foo; bar baz",
                "foo; bar=",
                "foo; =1",
                "foo; bar=\"",
                "foo; bar=\"\"",
                "foo; bar=\"1",
                "foo; bar=\"1\\",
                "foo; bar=\"1 2\"",
                "foo; bar=\"1\\\"\"",
                "foo; bar=\"1\"2",
                "foo; bar=1=2",
                "\"foo\"",
                "foo/bar",
                "foo\0",
                "é",
                "foo; bar=é",
                "foo:bar",
            })
    void whatItDoesNotAllowIsRefusedWithThePlace(String header) {
        assertThatThrownBy(() -> ExtensionOffer.parse(List.of("good", header)))
                .isInstanceOf(HeaderSyntaxException.class)
                .hasMessageContaining("At character ");
    }

    @Test
    void severalHeadersAreOneList() throws Exception {
        assertThat(ExtensionOffer.print(ExtensionOffer.parse(List.of("a; x", "b, c"))))
                .isEqualTo("a; x, b, c");
    }
}
