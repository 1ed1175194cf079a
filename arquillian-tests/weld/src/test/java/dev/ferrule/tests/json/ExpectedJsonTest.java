package dev.ferrule.tests.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.json.JsonbBeansTest.Item;
import dev.ferrule.tests.json.JsonbBeansTest.Plain;
import dev.ferrule.tests.json.JsonbBeansTest.Producers;
import dev.ferrule.tests.support.Archives;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests send and expect is JSON as the application's beans have it. */
@ExtendWith(ArquillianExtension.class)
class ExpectedJsonTest {
    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Plain.class, Producers.class);
    }

    @Test
    void anExpectedObjectIsReadAsItWasWritten(@Connect("plain") TestClient client) throws Exception {
        client.send(new Item("a"));
        assertThat(client.next(Item.class)).isEqualTo(new Item("a"));
    }
}
