package dev.ferrule.tests.kit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.cdi.ServerUri;
import dev.ferrule.testkit.BaseUri;
import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import dev.ferrule.tests.kit.Counter.Addition;
import dev.ferrule.tests.kit.Counter.Sum;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A test's parameters are clients of the deployment, beside what is injected into the test. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ClientsAsParameters {
    @Inject
    Counter counter;

    @Test
    @Order(1)
    void aClientIsConnectedAndTheEndpointKnowsIt(@Connect("counter") TestClient client) {
        assertThat(client.session().isOpen()).isTrue();
        assertThat(counter.present()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void itIsClosedWithItsTest() throws Exception {
        assertThat(counter.left().poll(5, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(counter.present()).isZero();
    }

    @Test
    void javaObjectsGoOutAndComeIn(@Connect("/counter") TestClient client) throws Exception {
        client.send(new Addition(40, 2));
        assertThat(client.expect(Sum.class).within(ofSeconds(5))).isEqualTo(new Sum(42));
    }

    @Test
    void severalClientsAreOnlyMoreParameters(
            @Connect("counter") TestClient one, @Connect("counter") TestClient other, TestClients more)
            throws Exception {
        TestClient third = more.connect("counter");
        assertThat(counter.present()).isGreaterThanOrEqualTo(3);
        third.send(new Addition(1, 2));
        one.send(new Addition(3, 4));
        other.send(new Addition(5, 6));
        assertThat(one.next(Sum.class).value()
                        + other.next(Sum.class).value()
                        + third.next(Sum.class).value())
                .isEqualTo(21);
    }

    @Test
    void theBaseUriIsTheServers(@BaseUri URI ours, @ServerUri URI injected) {
        assertThat(ours).isEqualTo(injected);
        assertThat(ours.getPort()).isPositive();
    }
}
