package dev.ferrule.container.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    @Test
    void severalChallengesStandInOneValueOrInMany() {
        assertThat(Challenge.parse(List.of(
                        "Negotiate abc==, Basic realm=\"a, b\" , charset=UTF-8,,Digest REALM = x",
                        "Bearer",
                        "NTLM TlRM+/=")))
                .containsExactly(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("basic", Map.of("realm", "a, b", "charset", "UTF-8")),
                        new Challenge("digest", Map.of("REALM", "x")),
                        new Challenge("bearer", Map.of()),
                        new Challenge("ntlm", Map.of()));
    }

    @Test
    void parametersAreLookedUpWithoutCase() {
        assertThat(Challenge.parse(List.of("Basic Realm=x")).get(0).parameter("rEALM"))
                .isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "=",
                "\"",
                "Basic realm=\"open",
                "Basic realm=\"x\\",
                "Basic realm=a, realm=b",
                "Basic realm=",
                "Basic \"x\"",
                "é"
            })
    void whatCannotBeReadHasNoParameters(String value) {
        assertThat(Challenge.parse(List.of(value)))
                .allSatisfy(challenge -> assertThat(challenge.parameters().getOrDefault("realm", ""))
                        .isEmpty());
    }

    @Test
    void longNonsenseEnds() {
        for (String piece : List.of("a ", "a,", "a=", "a=\"", "a=b,", "\\\"", "a a=a==,")) {
            assertThat(Challenge.parse(List.of(piece.repeat(10_000)))).hasSizeLessThan(20_000);
        }
    }
}
