package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who makes endpoints and configurators, how often, and who shares them (§2.1.1, §3.1.7, §5.1). */
@Timeout(20)
class InstancesTest {
    @ServerEndpoint("/own")
    public static class Own {
        private int count;

        @OnMessage
        public int text(String text) {
            return ++count;
        }
    }

    @Test
    @Tag("obligation-1.1")
    void eachConnectionHasAnInstanceOfItsOwn() throws Exception {
        try (Stage stage = Stage.of(Own.class)) {
            Peer one = stage.connect("own");
            Peer other = stage.connect("own");
            assertThat(one.send("a").next()).isEqualTo("1");
            assertThat(one.send("b").next()).isEqualTo("2");
            assertThat(other.send("c").next()).isEqualTo("1");
        }
    }

    public static class Asked extends ServerEndpointConfig.Configurator {
        @Override
        public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
            T made = super.getEndpointInstance(type);
            Stage.see(made);
            return made;
        }
    }

    @ServerEndpoint(value = "/annotated", configurator = Asked.class)
    public static class Annotated {
        @OnOpen
        public void open() {
            Stage.see(this);
        }
    }

    public static class Programmatic extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            Stage.see(this);
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> session.getAsyncRemote().sendText("programmatic " + text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "programmatic"})
    @Tag("obligation-1.2")
    void theConfiguratorIsAskedOnceForEachConnectionAndMakesANewInstance(String path) throws Exception {
        ServerEndpointConfig programmatic = ServerEndpointConfig.Builder.create(Programmatic.class, "/programmatic")
                .configurator(new Asked())
                .build();
        try (Stage stage =
                Stage.with(builder -> builder.endpoint(Annotated.class).endpoint(programmatic))) {
            stage.connect(path);
            Object first = Stage.next();
            assertThat(Stage.next()).as("the instance that opens").isSameAs(first);
            stage.connect(path);
            Object second = Stage.next();
            assertThat(Stage.next()).isSameAs(second);
            assertThat(second).isNotSameAs(first);
            assertThat(Stage.rest()).isEmpty();
        }
    }

    public static class Sharing extends ServerEndpointConfig.Configurator {
        private static final Meeting MEETING = new Meeting();

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(MEETING);
        }
    }

    @ServerEndpoint(value = "/meeting", configurator = Sharing.class)
    public static class Meeting {
        private final CyclicBarrier both = new CyclicBarrier(2);

        @OnMessage
        public String text(String text) throws Exception {
            both.await(5, TimeUnit.SECONDS);
            return "met";
        }
    }

    @Test
    @Tag("obligation-1.1")
    @Tag("obligation-1.4")
    void sessionsMayEnterASharedInstanceTogether() throws Exception {
        try (Stage stage = Stage.of(Meeting.class)) {
            Peer one = stage.connect("meeting").send("a");
            Peer other = stage.connect("meeting").send("b");
            assertThat(one.next()).isEqualTo("met");
            assertThat(other.next()).isEqualTo("met");
        }
    }

    @ServerEndpoint("/serial")
    public static class Serial {
        private final AtomicInteger inside = new AtomicInteger();

        @OnMessage
        public String text(String text) {
            int entered = inside.incrementAndGet();
            Thread.yield();
            inside.decrementAndGet();
            return String.valueOf(entered);
        }

        @OnMessage
        public String bytes(byte[] bytes) {
            return text("");
        }
    }

    @Test
    @Tag("obligation-1.4")
    void anInstanceIsEnteredByOneThreadAtATimeForItsPeer() throws Exception {
        try (Stage stage = Stage.of(Serial.class)) {
            Peer peer = stage.connect("serial");
            for (int i = 0; i < 200; i++) {
                peer.session.getAsyncRemote().sendText("x");
                peer.session.getAsyncRemote().sendBinary(java.nio.ByteBuffer.allocate(1));
            }
            for (int i = 0; i < 400; i++) {
                assertThat(peer.next()).isEqualTo("1");
            }
        }
    }

    @ClientEndpoint
    public static class Caller {
        static final AtomicInteger MADE = new AtomicInteger();

        public Caller() {
            MADE.incrementAndGet();
        }

        @OnOpen
        public void open() {
            Stage.see(this);
        }
    }

    public static class ProgrammaticCaller extends Endpoint {
        static final AtomicInteger MADE = new AtomicInteger();

        public ProgrammaticCaller() {
            MADE.incrementAndGet();
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            Stage.see(this);
        }
    }

    @Test
    @Tag("obligation-1.3")
    @Tag("obligation-12.1")
    void aClientClassIsInstantiatedOnceForItsConnection() throws Exception {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
        try (Stage stage = Stage.of(Own.class)) {
            int annotated = Caller.MADE.get();
            int programmatic = ProgrammaticCaller.MADE.get();
            stage.server.container().connectToServer(Caller.class, stage.at("own"));
            assertThat(Stage.next()).isInstanceOf(Caller.class);
            stage.server.container().connectToServer(ProgrammaticCaller.class, config, stage.at("own"));
            assertThat(Stage.next()).isInstanceOf(ProgrammaticCaller.class);
            assertThat(Caller.MADE).hasValue(annotated + 1);
            assertThat(ProgrammaticCaller.MADE).hasValue(programmatic + 1);
        }
    }

    /** As an application may write it: nothing is kept, everything is made when it is asked for. */
    public static class OwnConfig implements ServerEndpointConfig {
        private final Map<String, Object> properties = new HashMap<>();

        @Override
        public Class<?> getEndpointClass() {
            return Programmatic.class;
        }

        @Override
        public String getPath() {
            return "/own-config";
        }

        @Override
        public List<String> getSubprotocols() {
            return List.of();
        }

        @Override
        public List<Extension> getExtensions() {
            return List.of();
        }

        @Override
        public Configurator getConfigurator() {
            return new Asked();
        }

        @Override
        public List<Class<? extends Encoder>> getEncoders() {
            return List.of();
        }

        @Override
        public List<Class<? extends Decoder>> getDecoders() {
            return List.of();
        }

        @Override
        public Map<String, Object> getUserProperties() {
            return properties;
        }
    }

    @Test
    @Tag("obligation-10.1")
    void aConfigurationMayBeTheApplicationsOwnClass() throws Exception {
        try (Stage stage = Stage.with(builder -> builder.endpoint(new OwnConfig()))) {
            assertThat(stage.connect("own-config").send("x").next()).isEqualTo("programmatic x");
            assertThat(Stage.rest()).hasSize(2);
        }
    }

    @ServerEndpoint("/by-annotation/{name}")
    public static class Twofold {
        @OnMessage
        public String text(String text, @PathParam("name") String name) {
            return name + " " + text;
        }
    }

    @Test
    @Tag("obligation-10.2")
    void anAnnotatedClassMayStandInAProgrammaticConfiguration() throws Exception {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(Twofold.class, "/by-config/{name}")
                .build();
        try (Stage stage = Stage.with(builder -> builder.endpoint(config).endpoint(Twofold.class))) {
            assertThat(stage.connect("by-config/a").send("x").next()).isEqualTo("a x");
            assertThat(stage.connect("by-annotation/b").send("y").next()).isEqualTo("b y");
        }
    }

    public static class Counted extends ServerEndpointConfig.Configurator {
        static final AtomicInteger MADE = new AtomicInteger();

        public Counted() {
            MADE.incrementAndGet();
        }

        @Override
        public void modifyHandshake(
                ServerEndpointConfig config, HandshakeRequest request, jakarta.websocket.HandshakeResponse response) {
            Stage.see(config.getConfigurator() == this);
        }
    }

    @ServerEndpoint(value = "/counted", configurator = Counted.class)
    public static class WithCounted {}

    @ServerEndpoint(value = "/counted-too", configurator = Counted.class)
    public static class WithCountedToo {}

    @Test
    @Tag("obligation-7.20")
    void eachAnnotatedEndpointHasOneConfigurator() throws Exception {
        int before = Counted.MADE.get();
        try (Stage stage = Stage.of(WithCounted.class, WithCountedToo.class)) {
            stage.connect("counted");
            stage.connect("counted");
            stage.connect("counted-too");
            assertThat(Counted.MADE).hasValue(before + 2);
            assertThat(Stage.rest()).hasSize(3).containsOnly(true);
        }
    }

    @Test
    @Tag("obligation-7.20")
    @Tag("obligation-7.21")
    void aConfigurationWithoutConfiguratorHasThePlatforms() {
        ServerEndpointConfig.Configurator configurator =
                ServerEndpointConfig.Builder.create(Own.class, "/x").build().getConfigurator();
        assertThat(configurator).isNotNull();
        assertThat(configurator.getContainerDefaultConfigurator().getClass().getPackageName())
                .startsWith("dev.ferrule");
        assertThat(configurator.getNegotiatedSubprotocol(List.of("a", "b"), List.of("c", "b", "a")))
                .isEqualTo("b");
    }
}
