package dev.ferrule.tests.validation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.cdi.PathParameter;
import dev.ferrule.container.settings.SettingsSource;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import dev.ferrule.tests.support.TakenPort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.Encoder;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong stops the start, and is said completely. */
class RefusedStartTest {
    /** Two methods for one kind of message. */
    @ServerEndpoint("/twice")
    public static class Twice {
        @OnMessage
        void one(String message) {}

        @OnMessage
        void other(String message) {}
    }

    /** A path that is none. */
    @ServerEndpoint("nowhere")
    public static class Nowhere {
        @OnOpen
        void open(Thread who) {}
    }

    /** Behind a client proxy, which cannot pass on what is private. */
    @ApplicationScoped
    @ServerEndpoint("/hidden")
    public static class Hidden {
        @OnOpen
        private void open(Session session) {}

        @OnMessage
        final void on(String message) {}
    }

    /** Cannot be made by anybody. */
    @ServerEndpoint("/closed")
    public static class Closed {
        public Closed(String text) {}
    }

    /** Cannot have a client proxy. */
    @ApplicationScoped
    @ServerEndpoint("/final")
    public static final class Sealed {}

    /** A port that is none. */
    @ApplicationScoped
    public static class WrongPort implements SettingsSource {
        @Override
        public String value(String key) {
            return key.equals("ferrule.port") ? "eighty" : null;
        }
    }

    /** An endpoint with nothing wrong. */
    @ServerEndpoint("/fine")
    public static class Fine {}

    @Test
    @Tag("obligation-7.17")
    void malformedEndpointsAreReportedAllAtOnce() {
        assertThatThrownBy(() -> Containers.of(Twice.class, Nowhere.class, Hidden.class, Closed.class, InMemory.class)
                        .initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "Twice.one(String)",
                        "Twice.other(String)",
                        "nowhere",
                        "Hidden.open(Session) is private",
                        "Hidden.on(String) is final",
                        "Closed has neither a constructor without parameters nor one with @Inject");
    }

    @Test
    void aParameterThatNobodyProvidesIsNamed() {
        assertThatThrownBy(() -> Containers.of(WithThread.class, InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("WithThread.open(Thread)", "Thread");
    }

    /** A parameter that nobody provides. */
    @ServerEndpoint("/thread")
    public static class WithThread {
        @OnOpen
        void open(Thread who) {}
    }

    @Test
    void aClassThatCannotHaveAProxyIsReported() {
        assertThatThrownBy(() -> Containers.of(Sealed.class, InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("Sealed", "proxy");
    }

    @Test
    void aWrongSettingIsNamedWithItsValue() {
        assertThatThrownBy(() -> Containers.of(Fine.class, WrongPort.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("ferrule.port", "eighty");
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TakenPort.port = taken.getLocalPort();
            assertThatThrownBy(() -> Containers.of(Fine.class, TakenPort.class).initialize())
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("ferrule.port=" + taken.getLocalPort());
        }
    }

    /** Neither bean nor injectable. */
    public static class NeedyEncoder implements Encoder.Text<StringBuilder> {
        @Inject
        Runnable nobodyHasOne;

        @Override
        public String encode(StringBuilder message) {
            return message.toString();
        }
    }

    /** Its encoder would fail in the first handshake. */
    @ServerEndpoint(value = "/needy/{x}", encoders = NeedyEncoder.class)
    public static class Needy {
        @OnMessage
        void on(Thread message) {}
    }

    /** An invalid client. */
    @ClientEndpoint
    public static class WrongClient {
        @OnMessage
        void on(String message, int more) {}
    }

    /** Lives longer than the connection whose parameter it would keep. */
    @ApplicationScoped
    public static class Keeper {
        @Inject
        @PathParameter("x")
        String parameter;

        @Inject
        @PathParameter("x")
        Instance<String> later;
    }

    @Test
    void everyProblemOfEveryEndpointIsReportedAtOnceWithItsPath() {
        assertThatThrownBy(
                        () -> Containers.of(Needy.class, WrongClient.class, Keeper.class, Hidden.class, InMemory.class)
                                .initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "NeedyEncoder of " + Needy.class.getName() + " cannot be made: WELD-001408",
                        "Runnable",
                        "Needy.on(Thread)",
                        "no decoder makes java.lang.Thread",
                        "(endpoint at /needy/{x})",
                        "WrongClient.on(String, int)",
                        "Keeper.parameter",
                        "is @ApplicationScoped: inject Instance<...>",
                        "Hidden.open(Session) is private",
                        "(endpoint at /hidden)")
                .hasMessageNotContaining("Keeper.later");
    }

    /** A bean that CDI itself refuses. */
    @ServerEndpoint("/unsatisfied")
    public static class Unsatisfied {
        @Inject
        Runnable nobodyHasOne;
    }

    @Test
    void anUnsatisfiedInjectionPointOfABeanIsToldByCdi() {
        assertThatThrownBy(
                        () -> Containers.of(Unsatisfied.class, InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("Unsatisfied.nobodyHasOne", "Runnable");
    }
}
