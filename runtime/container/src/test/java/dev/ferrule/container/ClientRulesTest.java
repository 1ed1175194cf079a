package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client endpoints and their configurators (§3.2, §4.2, §6.1). */
@Timeout(20)
class ClientRulesTest {
    public static class Looking extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Stage.see(request.getHeaders());
        }
    }

    @ServerEndpoint(
            value = "/server",
            configurator = Looking.class,
            subprotocols = {"a", "b"})
    public static class Server {
        @OnMessage
        public String text(String text) {
            return text;
        }
    }

    private Stage stage;
    private WebSocketContainer container;

    @BeforeEach
    void start() throws Exception {
        stage = Stage.of(Server.class);
        container = stage.server.container();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> requestHeaders() throws InterruptedException {
        return (Map<String, List<String>>) Stage.next();
    }

    @ClientEndpoint(subprotocols = {"b", "a"})
    public static class Annotated {
        private final String name;

        Annotated(String name) {
            this.name = name;
        }

        @OnOpen
        void open() {
            Stage.see(name);
        }
    }

    @Test
    @Tag("obligation-9.2")
    @Tag("obligation-9.7")
    @Tag("obligation-12.1")
    void anAnnotatedInstanceNeedsNoConstructorAndIsOpenWhenConnected() throws Exception {
        Session session = container.connectToServer(new Annotated("mine"), stage.at("server"));
        assertThat(requestHeaders().get("Sec-WebSocket-Protocol")).containsExactly("b, a");
        assertThat(Stage.rest()).containsExactly("mine");
        assertThat(session.isOpen()).isTrue();
        assertThat(session.getNegotiatedSubprotocol()).isEqualTo("b");
    }

    @Test
    @Tag("obligation-12.1")
    @Tag("obligation-12.14")
    void aProgrammaticInstanceConnectsAndItsSessionHasTheUriOfTheRequest() throws Exception {
        Peer peer = stage.connect("server?x=1");
        assertThat(peer.send("x").next()).isEqualTo("x");
        assertThat(peer.session.getRequestURI()).isEqualTo(stage.at("server?x=1"));
    }

    @Test
    void aProgrammaticEndpointNeedsNoConfiguration() throws Exception {
        Peer peer = new Peer();
        peer.session = container.connectToServer(peer, null, stage.at("server"));
        assertThat(peer.send("x").next()).isEqualTo("x");
    }

    @Test
    void userPropertiesWithoutAValueAreLeftOut() throws Exception {
        Map<String, Object> properties = new HashMap<>();
        properties.put("kept", "value");
        properties.put("none", null);
        Session session = stage.server
                .client()
                .connectAsync(new Annotated("mine"), properties, stage.at("server"))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        assertThat(session.getUserProperties()).containsEntry("kept", "value").doesNotContainKey("none");
    }

    @Test
    void whatConnectAsyncCannotUseIsToldByItsStage() {
        CompletionStage<Session> attempt =
                stage.server.client().connectAsync(new Annotated("mine"), null, stage.at("server"));
        assertThatThrownBy(() -> attempt.toCompletableFuture().get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(NullPointerException.class);
    }

    @ClientEndpoint
    public static class TwoTexts {
        @OnMessage
        void one(String text) {}

        @OnMessage
        void other(Reader text) {}
    }

    public static class Unannotated {}

    public static class Inheriting extends TwoTexts {}

    public static class NeedsArgument implements Encoder.Text<BigDecimal> {
        public NeedsArgument(int argument) {}

        @Override
        public String encode(BigDecimal object) {
            return "";
        }
    }

    @ClientEndpoint(encoders = NeedsArgument.class)
    public static class WithEncoder {}

    public static class ConfiguratorWithArgument extends ClientEndpointConfig.Configurator {
        public ConfiguratorWithArgument(int argument) {}
    }

    @ClientEndpoint(configurator = ConfiguratorWithArgument.class)
    public static class WithConfigurator {}

    @ClientEndpoint
    public abstract static class Abstract {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Annotated.class,
                TwoTexts.class,
                Unannotated.class,
                Inheriting.class,
                WithEncoder.class,
                WithConfigurator.class,
                Abstract.class
            })
    @Tag("obligation-9.2")
    @Tag("obligation-12.2")
    void anInvalidEndpointIsADeploymentException(Class<?> type) {
        assertThatThrownBy(() -> container.connectToServer(type, stage.at("server")))
                .isInstanceOf(DeploymentException.class);
    }

    @ClientEndpoint
    public static class FailingConstructor {
        public FailingConstructor() {
            throw new IllegalStateException("fails");
        }
    }

    public static class FailingInit implements Encoder.Text<BigDecimal> {
        @Override
        public void init(EndpointConfig config) {
            throw new IllegalStateException("fails");
        }

        @Override
        public String encode(BigDecimal object) {
            return "";
        }
    }

    @ClientEndpoint(encoders = FailingInit.class)
    public static class WithFailingInit {}

    public static class FailingConfigurator extends ClientEndpointConfig.Configurator {
        public FailingConfigurator() {
            throw new IllegalStateException("fails");
        }
    }

    @ClientEndpoint(configurator = FailingConfigurator.class)
    public static class WithFailingConfigurator {}

    @ParameterizedTest
    @ValueSource(classes = {FailingConstructor.class, WithFailingInit.class, WithFailingConfigurator.class})
    @Tag("obligation-12.2")
    void anEndpointThatFailsInItsMakingIsADeploymentExceptionWithItsCause(Class<?> type) {
        assertThatThrownBy(() -> container.connectToServer(type, stage.at("server")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(type.getName())
                .rootCause()
                .hasMessage("fails");
    }

    @Test
    @Tag("obligation-12.2")
    void anInvalidConfigurationIsADeploymentExceptionThatNamesTheClass() {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .encoders(List.of(NeedsArgument.class))
                .build();
        assertThatThrownBy(() -> stage.connect("server", config))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(NeedsArgument.class.getName());
        assertThat(Stage.rest()).as("requests that went out").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://here/", "ws:///nowhere", "ws://here/#fragment", "relative"})
    @Tag("obligation-12.2")
    void anUriThatIsNoneForWebSocketsIsADeploymentExceptionThatNamesIt(String uri) {
        assertThatThrownBy(() -> container.connectToServer(new Annotated(""), URI.create(uri)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(uri);
    }

    @Test
    @Tag("obligation-12.6")
    void beforeRequestSeesEveryHeaderAndMayChangeThem() throws Exception {
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of("a"))
                .extensions(List.of(new HandshakeRulesTest.Named("own")))
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        seen.complete(new ArrayList<>(headers.keySet()));
                        headers.put("Authorization", List.of("Basic YTpi"));
                        headers.put("Cookie", List.of("a=1", "b=2"));
                        headers.remove("Sec-WebSocket-Extensions");
                    }
                })
                .build();
        stage.connect("server", config);
        assertThat(seen.get(5, TimeUnit.SECONDS))
                .contains(
                        "Host",
                        "Upgrade",
                        "Connection",
                        "Sec-WebSocket-Key",
                        "Sec-WebSocket-Version",
                        "Sec-WebSocket-Protocol",
                        "Sec-WebSocket-Extensions");
        assertThat(requestHeaders())
                .containsEntry("Authorization", List.of("Basic YTpi"))
                .containsEntry("Cookie", List.of("a=1", "b=2"))
                .doesNotContainKey("Sec-WebSocket-Extensions");
    }

    /** Keeps what {@code afterResponse} was told. */
    private static final class Told extends ClientEndpointConfig.Configurator {
        private final List<Map<String, List<String>>> headers = new ArrayList<>();

        @Override
        public void afterResponse(HandshakeResponse response) {
            headers.add(response.getHeaders());
        }

        ClientEndpointConfig config() {
            return ClientEndpointConfig.Builder.create().configurator(this).build();
        }
    }

    @Test
    @Tag("obligation-8.7")
    @Tag("obligation-12.7")
    void afterResponseIsToldOfASuccessWithHeadersInAnyCase() throws Exception {
        Told told = new Told();
        stage.connect("server", told.config());
        assertThat(told.headers).hasSize(1);
        assertThat(told.headers.get(0).get("SEC-websocket-ACCEPT")).hasSize(1);
    }

    @Test
    @Tag("obligation-12.3")
    @Tag("obligation-12.7")
    void afterResponseIsToldOfARefusalOnce() {
        Told told = new Told();
        assertThatThrownBy(() -> stage.connect("nowhere", told.config()))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("404");
        assertThat(told.headers).hasSize(1);
        assertThat(told.headers.get(0)).isNotEmpty();
    }

    @Test
    @Tag("obligation-12.3")
    @Tag("obligation-12.7")
    void afterResponseIsToldOfAConnectionThatFailedAndHasNoHeaders() {
        Told told = new Told();
        URI unreachable = URI.create("ws://127.0.0.1:1/");
        assertThatThrownBy(() -> Peer.connect(container, unreachable, told.config()))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(unreachable.toString())
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(told.headers).containsExactly(Map.of());
    }

    @Test
    @Tag("obligation-12.11")
    void aNewSessionHasTheDefaultsOfItsContainer() throws Exception {
        container.setDefaultMaxSessionIdleTimeout(60_001);
        container.setDefaultMaxTextMessageBufferSize(1_001);
        container.setDefaultMaxBinaryMessageBufferSize(1_002);
        container.setAsyncSendTimeout(1_003);
        assertThat(container.getDefaultMaxSessionIdleTimeout()).isEqualTo(60_001);
        assertThat(container.getDefaultMaxTextMessageBufferSize()).isEqualTo(1_001);
        assertThat(container.getDefaultMaxBinaryMessageBufferSize()).isEqualTo(1_002);
        assertThat(container.getDefaultAsyncSendTimeout()).isEqualTo(1_003);
        Session session = stage.connect("server").session;
        assertThat(session.getContainer()).isSameAs(container);
        assertThat(session.getMaxIdleTimeout()).isEqualTo(60_001);
        assertThat(session.getMaxTextMessageBufferSize()).isEqualTo(1_001);
        assertThat(session.getMaxBinaryMessageBufferSize()).isEqualTo(1_002);
        assertThat(session.getAsyncRemote().getSendTimeout()).isEqualTo(1_003);
    }

    @Test
    @Tag("obligation-12.11")
    void compressionIsAnInstalledExtension() {
        assertThat(container.getInstalledExtensions())
                .anySatisfy(extension -> assertThat(extension.getName()).isEqualTo("permessage-deflate"));
    }

    public static class OwnConfigurator extends ClientEndpointConfig.Configurator {
        @Override
        public void beforeRequest(Map<String, List<String>> headers) {
            Stage.see(this);
        }

        @Override
        public void afterResponse(HandshakeResponse response) {
            Stage.see(this);
        }
    }

    @ClientEndpoint(configurator = OwnConfigurator.class)
    public static class WithOwnConfigurator {}

    @Test
    @Tag("obligation-9.7")
    @Tag("obligation-12.12")
    void anAnnotationsConfiguratorIsMadeForItsConnection() throws Exception {
        container.connectToServer(WithOwnConfigurator.class, stage.at("server"));
        Object first = Stage.next();
        requestHeaders();
        assertThat(Stage.next()).isSameAs(first);
        container.connectToServer(new WithOwnConfigurator(), stage.at("server"));
        assertThat(Stage.next()).isInstanceOf(OwnConfigurator.class).isNotSameAs(first);
    }

    public static class Failing extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            throw new IllegalStateException("in onOpen");
        }

        @Override
        public void onError(Session session, Throwable error) {
            Stage.see(error.getMessage());
        }
    }

    @Test
    @Tag("obligation-11.1")
    @Tag("obligation-11.3")
    void whatAClientsOpenThrowsGoesToItsErrorMethodAndClosesTheSession() throws Exception {
        Session session = container.connectToServer(
                new Failing(), ClientEndpointConfig.Builder.create().build(), stage.at("server"));
        requestHeaders();
        assertThat(Stage.next()).isEqualTo("in onOpen");
        org.awaitility.Awaitility.await().until(() -> !session.isOpen());
    }
}
