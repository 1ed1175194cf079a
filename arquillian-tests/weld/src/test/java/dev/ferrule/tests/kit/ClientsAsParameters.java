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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A test's parameters are clients of the deployment, beside what is injected into the test. */
abstract class ClientsAsParameters {
    @Inject
    Counter counter;

    private static final List<TestClient> SEEN = new ArrayList<>();

    /** The deployment is still there. */
    @AfterAll
    static void everyClientIsClosedWithItsTest() {
        SEEN.forEach(client -> client.expectClose(1000).within(ofSeconds(5)));
        SEEN.clear();
    }

    @Test
    void aClientIsConnectedAndTheEndpointKnowsIt(@Connect("counter") TestClient client) {
        SEEN.add(client);
        assertThat(client.session().isOpen()).isTrue();
        assertThat(counter.present()).isPositive();
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
        SEEN.addAll(List.of(one, other, third));
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
