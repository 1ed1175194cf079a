package dev.ferrule.container.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request targets on their way into a {@link URI}: what browsers send is more than what it takes. */
class PathsTest {
    @ParameterizedTest
    @ValueSource(strings = {"example.com", "EXAMPLE.com:80", "127.0.0.1:1", "[::1]:8080", "a_b", ""})
    void aHostIsANameOrAnAddressWithAPortOrWithout(String host) {
        assertThat(Paths.isAuthority(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a?b", "a#b", "[::1", "a%zz"})
    void whatUriWouldNotTakeForAHostIsNone(String host) {
        assertThat(Paths.isAuthority(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a-b._~!$&'()*+,;=:@/c", "/a%20b?x=[1]&y=a?b/c%2F", "//x"})
    void aProperTargetStaysAsItIs(String target) {
        assertThat(Paths.forUri(target)).isEqualTo(target);
        assertThat(URI.create("ws://h" + target).getRawAuthority()).isEqualTo("h");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = ' ',
            value = {
                "/a|b /a%7Cb",
                "/a[1] /a%5B1%5D",
                "/a?{\"b\":1} /a?%7B%22b%22:1%7D",
                "/a?100%&b=%2 /a?100%25&b=%252",
                "/a?x=%41%4 /a?x=%41%254",
                "/a?^`\\<> /a?%5E%60%5C%3C%3E",
            })
    void whatUriWouldRefuseIsEscaped(String target, String escaped) {
        assertThat(Paths.forUri(target)).isEqualTo(escaped);
        assertThat(URI.create("ws://h" + escaped).getRawAuthority()).isEqualTo("h");
    }
}
