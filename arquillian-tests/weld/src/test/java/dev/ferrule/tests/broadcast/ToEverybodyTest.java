package dev.ferrule.tests.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class ToEverybodyTest {
    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(Ticker.class, Ticker.Price.class);
    }

    @Test
    void anInjectedBroadcastReachesEveryOpenSession(
            @Connect("ticker") TestClient one, @Connect("ticker") TestClient other) throws Exception {
        Ticker.Price price = new Ticker.Price("FRL", 4200);
        other.send(price);
        assertThat(one.next(Ticker.Price.class)).isEqualTo(price);
        assertThat(other.next(Ticker.Price.class)).isEqualTo(price);
    }
}
