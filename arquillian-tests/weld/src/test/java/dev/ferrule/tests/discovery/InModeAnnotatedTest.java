package dev.ferrule.tests.discovery;

import dev.ferrule.tests.support.Archives;
import dev.ferrule.tests.support.InMemory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class InModeAnnotatedTest extends InEveryMode {
    @Deployment
    static JavaArchive deployment() {
        return Archives.discovered("annotated", Greeting.class, Greeter.class, InMemory.class);
    }
}
