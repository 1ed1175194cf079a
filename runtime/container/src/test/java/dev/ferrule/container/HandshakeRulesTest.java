package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's side of the opening handshake: its steps, what each sees, and what it may change (§3.1.2 to §3.1.6). */
@Timeout(20)
class HandshakeRulesTest {
    record Named(String getName, List<Parameter> getParameters) implements Extension {
        Named(String name) {
            this(name, List.of());
        }

        @Override
        public String getName() {
            return getName;
        }

        @Override
        public List<Parameter> getParameters() {
            return getParameters;
        }
    }

    record Pair(String getName, String getValue) implements Extension.Parameter {
        @Override
        public String getName() {
            return getName;
        }

        @Override
        public String getValue() {
            return getValue;
        }
    }

    /** Tells each step, and fails at the one that a property of the configuration names. */
    public static class Steps extends ServerEndpointConfig.Configurator {
        static volatile String failing = "";

        static void step(String name) {
            Stage.see(name);
            if (failing.equals(name)) {
                throw new IllegalStateException("the application fails in " + name);
            }
        }

        @Override
        public boolean checkOrigin(String origin) {
            step("origin");
            return super.checkOrigin(origin);
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            step("subprotocol");
            return super.getNegotiatedSubprotocol(supported, requested);
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            step("extensions");
            return super.getNegotiatedExtensions(installed, requested);
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            step("modify");
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
            step("instance");
            return super.getEndpointInstance(type);
        }
    }

    public static class StepDecoder implements Decoder.Text<StringBuilder> {
        @Override
        public void init(EndpointConfig config) {
            Steps.step("init");
        }

        @Override
        public StringBuilder decode(String text) {
            return new StringBuilder(text);
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    @ServerEndpoint(value = "/steps", configurator = Steps.class, decoders = StepDecoder.class)
    public static class Stepwise {
        @OnOpen
        public void open() {
            Stage.see("open");
        }
    }

    @Test
    @Tag("obligation-8.1")
    void theStepsComeInTheirOrder() throws Exception {
        Steps.failing = "";
        try (Stage stage = Stage.of(Stepwise.class)) {
            stage.connect("steps");
            List<Object> steps = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                steps.add(Stage.next());
            }
            assertThat(steps)
                    .containsExactly("origin", "subprotocol", "extensions", "modify", "instance", "init", "open");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin", "subprotocol", "extensions", "modify", "instance", "init"})
    @Tag("obligation-8.1")
    void whateverFailsBeforeTheAnswerRefusesWith500(String failing) throws Exception {
        try (Stage stage = Stage.of(Stepwise.class)) {
            Steps.failing = failing;
            assertThatThrownBy(() -> stage.connect("steps"))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("500");
            assertThat(Stage.rest()).doesNotContain("open");
        } finally {
            Steps.failing = "";
        }
    }

    public static class Choosing extends ServerEndpointConfig.Configurator {
        @Override
        public boolean checkOrigin(String origin) {
            Stage.see("origin " + origin);
            return true;
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            Stage.see(supported + " of " + requested);
            return "second";
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            Stage.see(installed.stream().map(Extension::getName).toList());
            Stage.see(requested.stream().map(Extension::getName).toList());
            return List.of(requested.get(1));
        }
    }

    public static class Chosen extends jakarta.websocket.Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            Stage.see(session);
        }
    }

    private static ServerEndpointConfig config(ServerEndpointConfig.Configurator configurator) {
        return ServerEndpointConfig.Builder.create(Chosen.class, "/chosen/{p}")
                .subprotocols(List.of("first", "second"))
                .extensions(List.of(new Named("own-b"), new Named("own-a")))
                .configurator(configurator)
                .build();
    }

    private static ClientEndpointConfig.Builder client(CompletableFuture<Map<String, List<String>>> answer) {
        return ClientEndpointConfig.Builder.create().configurator(new ClientEndpointConfig.Configurator() {
            @Override
            public void afterResponse(HandshakeResponse response) {
                Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                headers.putAll(response.getHeaders());
                answer.complete(headers);
            }
        });
    }

    @Test
    @Tag("obligation-8.2")
    @Tag("obligation-8.4")
    @Tag("obligation-8.5")
    void whatAConfiguratorChoosesIsAnsweredAndShown() throws Exception {
        CompletableFuture<Map<String, List<String>>> answer = new CompletableFuture<>();
        ClientEndpointConfig client = client(answer)
                .preferredSubprotocols(List.of("first", "second"))
                .extensions(List.of(new Named("own-a"), new Named("own-b", List.of(new Pair("x", "1")))))
                .build();
        try (Stage stage = Stage.with(builder -> builder.endpoint(config(new Choosing())))) {
            Peer peer = stage.connect("chosen/1", client);
            assertThat(Stage.next()).isEqualTo("origin null");
            assertThat(Stage.next()).isEqualTo("[first, second] of [first, second]");
            assertThat(Stage.next()).isEqualTo(List.of("own-b", "own-a", "permessage-deflate"));
            assertThat(Stage.next()).isEqualTo(List.of("own-a", "own-b"));
            Session session = (Session) Stage.next();
            for (Session side : List.of(session, peer.session)) {
                assertThat(side.getNegotiatedSubprotocol()).isEqualTo("second");
                assertThat(side.getNegotiatedExtensions()).hasSize(1);
                Extension extension = side.getNegotiatedExtensions().get(0);
                assertThat(extension.getName()).isEqualTo("own-b");
                assertThat(extension.getParameters()).singleElement().satisfies(parameter -> {
                    assertThat(parameter.getName()).isEqualTo("x");
                    assertThat(parameter.getValue()).isEqualTo("1");
                });
            }
            Map<String, List<String>> headers = answer.get(5, TimeUnit.SECONDS);
            assertThat(headers.get("sec-websocket-protocol")).containsExactly("second");
            assertThat(String.join(",", headers.get("sec-websocket-extensions")).replace(" ", ""))
                    .isEqualTo("own-b;x=1");
        }
    }

    @Test
    @Tag("obligation-8.3")
    @Tag("obligation-8.4")
    void byDefaultTheClientsOrderCounts() throws Exception {
        ClientEndpointConfig client = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of("unknown", "second", "first"))
                .extensions(List.of(new Named("stranger"), new Named("own-a"), new Named("own-b")))
                .build();
        try (Stage stage = Stage.with(builder -> builder.endpoint(config(null)))) {
            Peer peer = stage.connect("chosen/1", client);
            assertThat(peer.session.getNegotiatedSubprotocol()).isEqualTo("second");
            assertThat(peer.session.getNegotiatedExtensions().stream().map(Extension::getName))
                    .containsExactly("own-a", "own-b");
        }
    }

    @Test
    @Tag("obligation-8.3")
    void withoutACommonSubprotocolThereIsNoneAndNoHeader() throws Exception {
        CompletableFuture<Map<String, List<String>>> answer = new CompletableFuture<>();
        ClientEndpointConfig client =
                client(answer).preferredSubprotocols(List.of("unknown")).build();
        try (Stage stage = Stage.with(builder -> builder.endpoint(config(null)))) {
            Peer peer = stage.connect("chosen/1", client);
            assertThat(((Session) Stage.next()).getNegotiatedSubprotocol()).isEmpty();
            assertThat(peer.session.getNegotiatedSubprotocol()).isEmpty();
            assertThat(answer.get(5, TimeUnit.SECONDS)).doesNotContainKey("Sec-WebSocket-Protocol");
        }
    }

    /** Looks at everything that a request says. */
    public static class Reading extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Map<String, List<String>> headers = request.getHeaders();
            Stage.see(headers.get("SEC-websocket-VERSION"));
            Stage.see(isReadOnly(headers));
            Stage.see(request.getParameterMap());
            Stage.see(isReadOnly(request.getParameterMap()));
            Stage.see(String.valueOf(request.getQueryString()));
            Stage.see(request.getRequestURI().toString());
            Stage.see(request.getUserPrincipal() == null
                    && request.getHttpSession() == null
                    && !request.isUserInRole("admin"));
            response.getHeaders().put("X-Own", List.of("mine"));
            Stage.see(response.getHeaders().get("x-own"));
            response.getHeaders().remove("SEC-WEBSOCKET-EXTENSIONS");
        }

        private static boolean isReadOnly(Map<String, List<String>> map) {
            try {
                map.put("x", List.of());
                return false;
            } catch (UnsupportedOperationException expected) {
                return true;
            }
        }
    }

    @Test
    @Tag("obligation-8.6")
    @Tag("obligation-8.7")
    @Tag("obligation-8.8")
    @Tag("obligation-8.9")
    @Tag("obligation-8.10")
    void aRequestIsReadAndAnAnswerIsChanged() throws Exception {
        CompletableFuture<Map<String, List<String>>> answer = new CompletableFuture<>();
        try (Stage stage = Stage.with(builder -> builder.endpoint(config(new Reading())))) {
            ClientEndpointConfig client =
                    client(answer).extensions(List.of(new Named("own-a"))).build();
            stage.connect("chosen/7?a=1&a=2", client);
            assertThat(Stage.next()).isEqualTo(List.of("13"));
            assertThat(Stage.next()).as("headers are read-only").isEqualTo(true);
            assertThat(Stage.next()).isEqualTo(Map.of("a", List.of("1", "2"), "p", List.of("7")));
            assertThat(Stage.next()).as("parameters are read-only").isEqualTo(true);
            assertThat(Stage.next()).isEqualTo("a=1&a=2");
            assertThat(Stage.next()).isEqualTo(stage.at("chosen/7?a=1&a=2").toString());
            assertThat(Stage.next()).as("nobody is logged in").isEqualTo(true);
            assertThat(Stage.next()).isEqualTo(List.of("mine"));
            assertThat(answer.get(5, TimeUnit.SECONDS))
                    .containsEntry("X-Own", List.of("mine"))
                    .doesNotContainKey("Sec-WebSocket-Extensions");
        }
    }

    @Test
    @Tag("obligation-8.6")
    void theDefaultChangesNothing() throws Exception {
        CompletableFuture<Map<String, List<String>>> answer = new CompletableFuture<>();
        try (Stage stage = Stage.with(builder -> builder.endpoint(config(null)))) {
            stage.connect("chosen/1", client(answer).build());
            assertThat(answer.get(5, TimeUnit.SECONDS))
                    .containsOnlyKeys("Upgrade", "Connection", "Sec-WebSocket-Accept");
        }
    }

    @Test
    void aRequestWithTwoOriginsIsRefusedThoughTheFirstIsWelcome() throws Exception {
        try (Stage stage = Stage.of(Stepwise.class)) {
            String own = "http://" + stage.server.uri().getAuthority();
            Map<String, List<String>> one = Map.of("Origin", List.of(own));
            Map<String, List<String>> two = Map.of("Origin", List.of(own, "http://elsewhere.example"));
            stage.rawPeer("steps", true, one).end();
            assertThatThrownBy(() -> stage.rawPeer("steps", true, two).end()).hasMessageContaining("403");
        }
    }
}
