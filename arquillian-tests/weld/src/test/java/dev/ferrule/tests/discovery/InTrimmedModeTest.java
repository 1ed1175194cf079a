package dev.ferrule.tests.discovery;

import dev.ferrule.tests.support.Archives;
import dev.ferrule.tests.support.InMemory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class InTrimmedModeTest extends InEveryMode {
    @Deployment
    static JavaArchive deployment() {
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(Greeting.class, Greeter.class, InMemory.class)
                .addAsManifestResource(new StringAsset(Archives.beansXml("all", "<trim/>")), "beans.xml");
    }
}
