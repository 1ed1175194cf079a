package dev.ferrule.tests.programmatic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import dev.ferrule.tests.support.InMemory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ByApplicationConfigInTrimmedModeTest {
    @Deployment
    static JavaArchive deployment() {
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(Lines.class, Prefix.class, Application.class, Unselected.class, InMemory.class)
                .addAsManifestResource(new StringAsset(Archives.beansXml("all", "<trim/>")), "beans.xml");
    }

    @Test
    void aConfigurationWithoutAScopeDecidesAllTheSame(@Connect("by-config") TestClient client) throws Exception {
        client.sendText("line");
        assertThat(client.nextText()).isEqualTo("> line");
    }
}
