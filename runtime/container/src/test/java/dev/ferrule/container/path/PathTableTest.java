package dev.ferrule.container.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Matching of request paths (WSC-3.1.1-1 to 4) and what a template may be (WSC-4.1.1-3, WSC-4.1.1-4). */
class PathTableTest {
    private static PathTable<String> table(String... templates) {
        PathTable<String> table = new PathTable<>();
        for (String template : templates) {
            assertThat(table.add(UriTemplate.parse(template), template)).isNull();
        }
        return table;
    }

    @Tag("obligation-7.3")
    @Tag("obligation-7.6")
    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource({
        "/a, /a",
        "/a/b, /a/b",
        "/a/c, /a/{x}",
        "/a/, /a/",
        "/, /",
        "/x/y/z, /{u}/y/{w}",
        "/a/b/c, '/a/b/c'",
        "/%61/b, /a/b",
    })
    void aLiteralBeatsAVariableFromLeftToRight(String path, String template) {
        PathTable<String> table = table("/", "/a", "/a/", "/a/b", "/a/{x}", "/{u}/y/{w}", "/a/b/c", "/a/{y}/c");
        PathTable.Match<String> match = table.find(path);
        assertThat(match).isNotNull();
        assertThat(match.value()).isEqualTo(template);
    }

    @Tag("obligation-7.3")
    @Tag("obligation-7.4")
    @ParameterizedTest(name = "{0} finds nothing")
    @ValueSource(strings = {"/b", "/a/b/c/d", "/a//c", "/b/y/", "a", "", "/a/%zz", "/a/%ff", "/a/%"})
    void whatDoesNotMatchIsNotFound(String path) {
        assertThat(table("/a", "/a/b", "/a/{x}", "/{u}/y/{w}").find(path)).isNull();
    }

    @Test
    @Tag("obligation-7.5")
    void aSegmentThatLostToALiteralDoesNotComeBack() {
        assertThat(table("/a/{x}/c", "/a/b/d").find("/a/b/c")).isNull();
    }

    @Test
    void onlyTemplatesOfTheSameLengthCompete() {
        PathTable.Match<String> match = table("/a/{x}/c", "/a/b/c/d").find("/a/b/c");
        assertThat(match).isNotNull();
        assertThat(match.value()).isEqualTo("/a/{x}/c");
    }

    @Test
    @Tag("obligation-7.8")
    void variablesAreDeliveredDecoded() {
        PathTable.Match<String> match = table("/chat/{room}/{user}").find("/chat/a%20%C3%A4/b+c");
        assertThat(match).isNotNull();
        assertThat(match.parameters()).isEqualTo(Map.of("room", "a ä", "user", "b+c"));
    }

    @Tag("obligation-7.2")
    @ParameterizedTest(name = "{0} and {1} stand for the same requests")
    @CsvSource({"/a, /a", "/a/{x}, /a/{y}", "/{a}/b/{c}, /{c}/b/{a}"})
    void templatesThatDifferInNamesOnlyAreTheSame(String first, String second) {
        PathTable<String> table = table(first);
        assertThat(table.add(UriTemplate.parse(second), second)).hasToString(first);
    }

    @Tag("obligation-7.1")
    @ParameterizedTest(name = "''{0}'' is refused")
    @ValueSource(
            strings = {
                "",
                "a",
                "/a//b",
                "//",
                "/./a",
                "/a/..",
                "/{a}/{a}",
                "/a{b}",
                "/{a}b",
                "/{}",
                "/{a",
                "/a}",
                "/{a b}",
                "/a?b",
                "/a#b",
                "/%zz"
            })
    void aPathThatNoEndpointCanHaveIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> UriTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
