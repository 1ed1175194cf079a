package dev.ferrule.tests.kit;

import dev.ferrule.tests.support.Archives;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ClientsInMemoryTest extends ClientsAsParameters {
    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Counter.class, Counter.Addition.class, Counter.Sum.class);
    }
}
