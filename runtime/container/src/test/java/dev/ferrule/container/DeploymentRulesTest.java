package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.DeploymentGuard;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a deployment is refused, and what that means for the rest of the application (§5.2.1, §6.4). */
@Timeout(20)
class DeploymentRulesTest {
    @ServerEndpoint("/good")
    public static class Good {
        @OnMessage
        public String text(String text) {
            return text;
        }
    }

    @ServerEndpoint("/good-too")
    public static class GoodToo {}

    @ServerEndpoint("bad")
    public static class Bad {}

    private static FerruleServer deploy(Class<?>... endpoints) throws Exception {
        FerruleServer.Builder builder =
                FerruleServer.builder().transport(new MemoryTransport()).set("ferrule.port", "0");
        for (Class<?> endpoint : endpoints) {
            builder.endpoint(endpoint);
        }
        return builder.deploy();
    }

    @Test
    @Tag("obligation-7.16")
    void aSwallowedDeploymentErrorTakesTheWholeApplicationOutOfService() throws Exception {
        try (FerruleServer server = deploy(Good.class)) {
            ServerContainer container = server.container();
            assertThat(server.endpoints()).hasSize(1);
            assertThatThrownBy(() -> container.addEndpoint(Bad.class)).isInstanceOf(DeploymentException.class);
            assertThat(server.endpoints()).isEmpty();
            assertThatThrownBy(() -> container.addEndpoint(GoodToo.class))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("earlier deployment")
                    .hasMessageContaining("'bad'");
            assertThatThrownBy(server::listen).isInstanceOf(DeploymentException.class);
        }
    }

    @Test
    @Tag("obligation-7.15")
    void aClassThatIsDeployedAgainIsIgnored() throws Exception {
        try (FerruleServer server = deploy(Good.class)) {
            server.container().addEndpoint(Good.class);
            server.listen();
            server.container().addEndpoint(Good.class);
            assertThat(server.endpoints()).hasSize(1);
            assertThat(Peer.connect(server.container(), server.uri().resolve("good"))
                            .send("x")
                            .next())
                    .isEqualTo("x");
        }
    }

    @Test
    @Tag("obligation-7.15")
    void aClassMayBeDeployedByAConfigurationAndByItsAnnotation() throws Exception {
        ServerEndpointConfig elsewhere =
                ServerEndpointConfig.Builder.create(Good.class, "/elsewhere").build();
        try (FerruleServer server = deploy()) {
            server.container().addEndpoint(elsewhere);
            server.container().addEndpoint(Good.class);
            assertThat(server.endpoints()).hasSize(2);
        }
    }

    @Test
    @Tag("obligation-7.15")
    void aClassThatIsNamedTwiceIsDeployedOnce() throws Exception {
        try (FerruleServer server = deploy(Good.class, Good.class)) {
            assertThat(server.endpoints()).hasSize(1);
        }
    }

    @Test
    @Tag("obligation-7.2")
    @Tag("obligation-7.17")
    void anEqualPathIsRefusedWithBothClassesNamed() throws Exception {
        ServerEndpointConfig same =
                ServerEndpointConfig.Builder.create(Silent.class, "/good").build();
        try (FerruleServer server = deploy(Good.class)) {
            assertThatThrownBy(() -> server.container().addEndpoint(same))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining(Good.class.getName())
                    .hasMessageContaining(Silent.class.getName())
                    .hasMessageContaining("/good");
        }
    }

    /** Likes nothing that is called good, and counts what is added. */
    private static final class Picky implements DeploymentGuard {
        private int added;

        @Override
        public void check(Class<?> annotated, List<String> problems) {
            problems.add(annotated.getSimpleName() + " is too good");
        }

        @Override
        public void check(ServerEndpointConfig programmatic, List<String> problems) {
            if (programmatic.getPath().startsWith("/good")) {
                problems.add(programmatic.getPath() + " sounds too good");
            }
        }

        @Override
        public void added() {
            added++;
        }
    }

    @Test
    void aGuardsProblemsAreToldWithThePathBesideAllOthers() {
        FerruleServer.Builder builder = FerruleServer.builder()
                .transport(new MemoryTransport())
                .deploymentGuard(new Picky())
                .endpoint(Good.class)
                .endpoint(Bad.class)
                .endpoint(ServerEndpointConfig.Builder.create(Silent.class, "/good-by-name")
                        .build());
        assertThatThrownBy(builder::deploy)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(
                        "Good is too good (endpoint at /good)",
                        "Bad is too good (endpoint at bad)",
                        "'bad'",
                        "/good-by-name sounds too good (endpoint at /good-by-name)");
    }

    @Test
    void aGuardIsAskedAboutAndToldOfWhatIsAddedLater() throws Exception {
        Picky guard = new Picky();
        try (FerruleServer server = FerruleServer.builder()
                .transport(new MemoryTransport())
                .set("ferrule.port", "0")
                .deploymentGuard(guard)
                .deploy()) {
            server.begin();
            ServerContainer container = server.container();
            assertThatThrownBy(() -> container.addEndpoint(Good.class)).hasMessageContaining("Good is too good");
            assertThat(guard.added).isZero();
            container.addEndpoint(
                    ServerEndpointConfig.Builder.create(Silent.class, "/silent").build());
            assertThat(guard.added).isOne();
        }
    }

    /** Nobody can make it without knowing what to say. */
    public static class Unmakeable extends Endpoint {
        public Unmakeable(String what) {}

        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    @Test
    void aProgrammaticEndpointWithoutAConstructorIsRefused() throws Exception {
        try (FerruleServer server = deploy(Good.class)) {
            ServerEndpointConfig config = ServerEndpointConfig.Builder.create(Unmakeable.class, "/unmakeable")
                    .build();
            assertThatThrownBy(() -> server.container().addEndpoint(config))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Unmakeable has no constructor without parameters");
        }
    }

    public static class Silent extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    @Test
    @Tag("obligation-7.18")
    void withoutServletsNoRequestOfThemIsUpgraded() throws Exception {
        ServerEndpointConfig config =
                ServerEndpointConfig.Builder.create(Silent.class, "/silent").build();
        try (FerruleServer server = deploy()) {
            assertThatThrownBy(() ->
                            server.container().upgradeHttpToWebSocket(new Object(), new Object(), config, Map.of()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("servlet");
        }
    }

    public static class NeedsArgument implements Encoder.Text<BigDecimal> {
        public NeedsArgument(int argument) {}

        @Override
        public String encode(BigDecimal object) {
            return "";
        }
    }

    public abstract static class Abstract implements Decoder.Text<BigDecimal> {}

    public static class NeedsArgumentToo extends ServerEndpointConfig.Configurator {
        public NeedsArgumentToo(int argument) {}
    }

    @ServerEndpoint(value = "/encoder", encoders = NeedsArgument.class)
    public static class WithEncoder {}

    @ServerEndpoint(value = "/decoder", decoders = Abstract.class)
    public static class WithDecoder {}

    @ServerEndpoint(value = "/configurator", configurator = NeedsArgumentToo.class)
    public static class WithConfigurator {}

    @ServerEndpoint("/abstract")
    public abstract static class AbstractEndpoint {}

    @ServerEndpoint("/hidden")
    public static class HiddenConstructor {
        private HiddenConstructor() {}
    }

    public static class Unannotated extends Good {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                WithEncoder.class,
                WithDecoder.class,
                WithConfigurator.class,
                AbstractEndpoint.class,
                HiddenConstructor.class,
                Unannotated.class
            })
    @Tag("obligation-7.17")
    @Tag("obligation-7.22")
    @Tag("obligation-9.1")
    @Tag("obligation-9.20")
    void whatCannotBeMadeIsADeploymentErrorThatNamesTheClass(Class<?> type) {
        assertThatThrownBy(() -> deploy(type).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(type.getName());
    }

    @Test
    @Tag("obligation-7.22")
    void aProgrammaticConfigurationsCodersAreCheckedToo() {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(Silent.class, "/silent")
                .encoders(List.of(NeedsArgument.class))
                .build();
        assertThatThrownBy(() -> FerruleServer.builder()
                        .transport(new MemoryTransport())
                        .endpoint(config)
                        .deploy())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(NeedsArgument.class.getName());
    }

    @ServerEndpoint("/large")
    public static class Large {
        @OnMessage(maxMessageSize = Integer.MAX_VALUE + 1L)
        public void text(String text) {}
    }

    @ServerEndpoint("/largest")
    public static class Largest {
        @OnMessage(maxMessageSize = Integer.MAX_VALUE)
        public void text(String text) {}
    }

    @Test
    @Tag("obligation-3.14")
    void aMessageSizeThatNoArrayHasIsADeploymentError() throws Exception {
        deploy(Largest.class).close();
        assertThatThrownBy(() -> deploy(Large.class).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("2147483648");
    }

    @Test
    @Tag("obligation-12.4")
    void clientsMayConnectWhileTheirApplicationIsBeingDeployed() throws Exception {
        MemoryTransport network = new MemoryTransport();
        try (FerruleServer other = FerruleServer.builder()
                        .transport(network)
                        .set("ferrule.port", "0")
                        .endpoint(Good.class)
                        .start();
                FerruleServer deploying = FerruleServer.builder()
                        .transport(network)
                        .endpoint(Good.class)
                        .deploy()) {
            Peer peer = Peer.connect(deploying.container(), other.uri().resolve("good"));
            assertThat(peer.send("x").next()).isEqualTo("x");
        }
    }
}
