package dev.ferrule.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.OnPort;
import dev.ferrule.tests.support.TakenPort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that is only a client needs no port, until it adds an endpoint. */
class WithoutEndpointsTest {
    /** Some bean. */
    @ApplicationScoped
    public static class Bystander {}

    /** Adds its endpoint itself, when the application starts. */
    @ApplicationScoped
    public static class Latecomer {
        void add(@Observes @Initialized(ApplicationScoped.class) Object event, ServerContainer container)
                throws DeploymentException {
            container.addEndpoint(Ear.class);
        }
    }

    /** Takes endpoints out of the deployment. */
    public static class Vetoer implements Extension {
        void veto(@Observes ProcessAnnotatedType<Ear> event) {
            event.veto();
        }
    }

    @Test
    void anEndpointThatAnExtensionVetoesIsNone() {
        try (SeContainer cdi = Containers.of(Ear.class, Bystander.class, OnPort.class)
                .addExtensions(new Vetoer())
                .initialize()) {
            assertThatThrownBy(() -> Containers.uri(cdi)).hasStackTraceContaining("The server does not listen");
        }
    }

    @Test
    void noServerIsStarted() {
        try (SeContainer cdi = Containers.of(Bystander.class, OnPort.class).initialize()) {
            assertThatThrownBy(() -> Containers.uri(cdi)).hasStackTraceContaining("The server does not listen");
        }
    }

    @Test
    @Tag("obligation-12.4")
    void theContainerConnectsToOthers() throws Exception {
        try (SeContainer server = Containers.of(Ear.class, OnPort.class).initialize();
                SeContainer client =
                        Containers.of(Bystander.class, OnPort.class).initialize();
                TestClient peer = TestClient.connect(
                        Containers.client(client), Containers.uri(server).resolve("ear"))) {
            peer.sendText("hello");
            assertThat(peer.nextText()).isEqualTo("1");
        }
    }

    @Test
    @Tag("obligation-7.14")
    void anEndpointThatTheApplicationAddsWhileItStartsIsServed() throws Exception {
        try (SeContainer cdi = Containers.of(Latecomer.class, OnPort.class).initialize()) {
            assertServed(cdi);
        }
    }

    /** Adds its endpoint when the application has started. */
    @ApplicationScoped
    public static class Starter {
        void add(@Observes Startup event, ServerContainer container) throws DeploymentException {
            container.addEndpoint(Ear.class);
        }
    }

    @Test
    void anEndpointThatAnObserverOfStartupAddsIsServed() throws Exception {
        try (SeContainer cdi = Containers.of(Starter.class, OnPort.class).initialize()) {
            assertServed(cdi);
        }
    }

    @Test
    void anEndpointThatIsAddedLaterIsServed() throws Exception {
        try (SeContainer cdi = Containers.of(Bystander.class, OnPort.class).initialize()) {
            cdi.select(ServerContainer.class).get().addEndpoint(Ear.class);
            assertServed(cdi);
        }
    }

    /** Adds an endpoint to its own container, on whatever thread it is called. */
    @ClientEndpoint
    public static class Adder {
        @Inject
        ServerContainer container;

        @OnMessage
        String on(String message) throws DeploymentException {
            container.addEndpoint(Ear.class);
            return "added";
        }
    }

    @Test
    void anEndpointThatACallbackAddsIsServed() throws Exception {
        ServerEndpointConfig config =
                ServerEndpointConfig.Builder.create(Asking.class, "/asking").build();
        Asking.ANSWERS.clear();
        try (SeContainer server = Containers.of(Bystander.class, OnPort.class).initialize();
                SeContainer cdi = Containers.of(Adder.class, OnPort.class).initialize()) {
            server.select(ServerContainer.class).get().addEndpoint(config);
            Containers.client(cdi)
                    .connectToServer(Adder.class, Containers.uri(server).resolve("asking"));
            assertThat(Asking.ANSWERS.poll(5, TimeUnit.SECONDS)).isEqualTo("added");
            assertServed(cdi);
        }
    }

    /** Asks its peer to do something. */
    public static class Asking extends Endpoint {
        static final BlockingQueue<String> ANSWERS = new LinkedBlockingQueue<>();

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, ANSWERS::add);
            session.getAsyncRemote().sendText("add");
        }
    }

    @Test
    void whoAddsTheFirstEndpointIsToldThatTheAddressIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TakenPort.port = taken.getLocalPort();
            try (SeContainer cdi =
                    Containers.of(Bystander.class, TakenPort.class).initialize()) {
                ServerContainer container = cdi.select(ServerContainer.class).get();
                assertThatThrownBy(() -> container.addEndpoint(Ear.class))
                        .isInstanceOf(DeploymentException.class)
                        .hasMessageContaining("ferrule.port=" + taken.getLocalPort());
                taken.close();
                container.addEndpoint(Ear.class);
                assertServed(cdi);
            }
        }
    }

    /** Its path is none. */
    @ServerEndpoint("wrong")
    public static class Wrong {}

    @Test
    void anEndpointThatIsRefusedLaterHarmsNoOther() throws Exception {
        try (SeContainer cdi = Containers.of(Bystander.class, OnPort.class).initialize()) {
            ServerContainer container = cdi.select(ServerContainer.class).get();
            assertThatThrownBy(() -> container.addEndpoint(Wrong.class)).isInstanceOf(DeploymentException.class);
            container.addEndpoint(Ear.class);
            assertServed(cdi);
        }
    }

    /** Adds what is no endpoint, and does not want to know. */
    @ApplicationScoped
    public static class Careless {
        void add(@Observes @Initialized(ApplicationScoped.class) Object event, ServerContainer container) {
            assertThatThrownBy(() -> container.addEndpoint(Wrong.class)).isInstanceOf(DeploymentException.class);
        }
    }

    @Test
    void anEndpointThatIsRefusedWhileTheApplicationStartsStopsTheStart() {
        assertThatThrownBy(() -> Containers.of(Careless.class, OnPort.class).initialize())
                .hasStackTraceContaining("Wrong");
    }

    private static void assertServed(SeContainer cdi) throws Exception {
        try (TestClient peer =
                TestClient.connect(Containers.client(cdi), Containers.uri(cdi).resolve("ear"))) {
            peer.sendText("hello");
            assertThat(peer.nextText()).isEqualTo("1");
        }
    }
}
