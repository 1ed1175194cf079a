package dev.ferrule.cdi.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeansXmlTest {
    private final ClassLoader loader = getClass().getClassLoader();

    private static BeansXml read(String text) throws IOException {
        return BeansXml.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static BeansXml excluding(String exclude) throws IOException {
        return read("<beans xmlns='https://jakarta.ee/xml/ns/jakartaee'><scan>" + exclude + "</scan></beans>");
    }

    @Test
    void anEmptyFileIsABeanArchiveThatExcludesNothing() throws Exception {
        BeansXml empty = read("");
        assertThat(empty.isNone()).isFalse();
        assertThat(empty.excludes("org.example.Chat", loader)).isFalse();
    }

    @Test
    void modeNoneIsNoBeanArchive() throws Exception {
        assertThat(read("<beans bean-discovery-mode='none'/>").isNone()).isTrue();
        assertThat(read("<beans bean-discovery-mode='all'/>").isNone()).isFalse();
    }

    @Test
    void whatIsNoXmlIsLeftToTheCdiContainerToReport() throws Exception {
        assertThat(read("no xml").isNone()).isFalse();
    }

    @Test
    void aDocumentTypeIsNotFollowed() throws Exception {
        String bomb = "<!DOCTYPE beans [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                + "<beans bean-discovery-mode='none'>&a;</beans>";
        assertThat(read(bomb).isNone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "org.example.Chat, org.example.Chat, true",
        "org.example.Chat, org.example.Chats, false",
        "org.example.*, org.example.Chat, true",
        "org.example.*, org.example.inner.Chat, false",
        "org.example.**, org.example.Chat, true",
        "org.example.**, org.example.inner.Chat, true",
        "org.example.**, org.examples.Chat, false",
    })
    void aFilterNamesAClassOrAPackageOrAllBelowIt(String filter, String type, boolean excluded) throws Exception {
        assertThat(excluding("<exclude name='" + filter + "'/>").excludes(type, loader))
                .isEqualTo(excluded);
    }

    @ParameterizedTest
    @CsvSource({
        "<if-class-available name='java.lang.String'/>, true",
        "<if-class-available name='org.example.Missing'/>, false",
        "<if-class-not-available name='org.example.Missing'/>, true",
        "<if-class-not-available name='java.lang.String'/>, false",
        "<if-system-property name='java.version'/>, true",
        "<if-system-property name='ferrule.test.unset'/>, false",
        "<if-system-property name='java.version' value='1'/>, false",
        "<if-class-available name='java.lang.String'/><if-system-property name='ferrule.test.unset'/>, false",
    })
    void aFilterAppliesWhenAllOfItsConditionsDo(String conditions, boolean applies) throws Exception {
        BeansXml beansXml = excluding("<exclude name='org.example.**'>" + conditions + "</exclude>");
        assertThat(beansXml.excludes("org.example.Chat", loader)).isEqualTo(applies);
    }
}
