package dev.ferrule.tests.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.cdi.PathParameter;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import org.junit.jupiter.api.Test;

/** A bean that outlives the connection must not get a path parameter, by whatever way. */
class KeptPathParametersTest {
    /** Keeps it as long as whoever it is injected into. */
    @Dependent
    public static class RoomName {
        @Inject
        @PathParameter("room")
        String value;
    }

    /** One step more. */
    @Dependent
    public static class Sign {
        @Inject
        RoomName name;
    }

    /** Outlives the connection. */
    @ApplicationScoped
    @ServerEndpoint("/rooms/{room}")
    public static class Rooms {
        @Inject
        Sign sign;
    }

    @Test
    void aDependentBeanInALongerLivedOneIsTold() {
        assertThatThrownBy(() -> Containers.of(Rooms.class, Sign.class, RoomName.class, InMemory.class)
                        .initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "RoomName.value would keep the path parameter of the first connection",
                        "because it is injected into " + Rooms.class.getName() + ", which is @ApplicationScoped");
    }

    /** What a producer makes of it. */
    public record Label(String text) {}

    /** Makes one for all. */
    @Dependent
    public static class Producing {
        @Produces
        @Singleton
        static Label label(@PathParameter("room") String room) {
            return new Label(room);
        }
    }

    @Test
    void aParameterOfAProducerOfALongerLivedBeanIsTold() {
        assertThatThrownBy(() -> Containers.of(Producing.class, InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "would keep the path parameter of the first connection",
                        "what " + Producing.class.getName() + " produces is @Singleton");
    }

    /** Makes one for each injection. */
    @Dependent
    public static class ProducingDependents {
        @Produces
        static Label label(@PathParameter("room") String room) {
            return new Label(room);
        }
    }

    /** Keeps one. */
    @ApplicationScoped
    public static class Keeper {
        @Inject
        Label label;
    }

    @Test
    void aParameterOfAProducerForALongerLivedBeanIsTold() {
        assertThatThrownBy(() -> Containers.of(ProducingDependents.class, Keeper.class, InMemory.class)
                        .initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("because it is injected into " + Keeper.class.getName());
    }

    /** As long as the connection. */
    @ConnectionScoped
    public static class Place {
        @Inject
        Sign sign;

        String name() {
            return sign.name.value;
        }
    }

    /** Asks whenever it is called. */
    @ApplicationScoped
    @ServerEndpoint("/asking/{room}")
    public static class Asking {
        @Inject
        Place place;

        @Inject
        Instance<RoomName> name;

        @OnMessage
        String on(String text) {
            return place.name() + " " + name.get().value;
        }
    }

    @Test
    void whatLivesNoLongerThanTheConnectionGetsEveryValue() throws Exception {
        try (SeContainer cdi = Containers.of(Asking.class, Place.class, Sign.class, RoomName.class, InMemory.class)
                .initialize()) {
            for (String room : new String[] {"kitchen", "hall"}) {
                try (TestClient client = TestClient.connect(
                        Containers.client(cdi), Containers.uri(cdi).resolve("asking/" + room))) {
                    client.sendText("where?");
                    assertThat(client.nextText()).isEqualTo(room + " " + room);
                }
            }
        }
    }
}
