package dev.ferrule.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.testkit.BaseUri;
import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.testkit.TestClients;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Servers and clients that live as long as a test. */
class WebSocketTestTest {
    private static final String BY_THE_KIT = "run by a test of this class only";

    /** Says what it knows of the connection. */
    @ServerEndpoint(value = "/facts", subprotocols = "v2")
    public static class Facts {
        static final Set<String> OPENED = ConcurrentHashMap.newKeySet();

        @OnOpen
        public void open(Session session) {
            OPENED.add(String.valueOf(session.getQueryString()));
        }

        @OnMessage
        public String on(String question, Session session) {
            return switch (question) {
                case "subprotocol" -> session.getNegotiatedSubprotocol();
                case "others" -> String.valueOf(session.getOpenSessions().size());
                case "uri" -> session.getRequestURI().toString();
                case "a long one" -> "x".repeat(100);
                default -> question;
            };
        }
    }

    /** Asks for v2. */
    static class Asking extends ClientEndpointConfig.Configurator {
        static final AtomicReference<List<String>> SENT = new AtomicReference<>();

        @Override
        public void beforeRequest(Map<String, List<String>> headers) {
            SENT.set(headers.get("Sec-WebSocket-Protocol"));
        }
    }

    private static String ask(TestClient client, String question) throws Exception {
        client.sendText(question);
        return client.nextText();
    }

    @Nested
    @WebSocketTest(Facts.class)
    class InMemory {
        @Test
        void theServerKnowsTheClientWhenTheTestBegins(@Connect("facts?first") TestClient client) {
            assertThat(Facts.OPENED).contains("first");
        }

        @Test
        void clientsOfOneTestMeet(@Connect("facts") TestClient one, TestClients clients) throws Exception {
            TestClient other = clients.connect("/facts");
            assertThat(ask(one, "others")).isEqualTo("2");
            assertThat(ask(other, "others")).isEqualTo("2");
        }

        @Test
        void theAnnotationSaysWhatIsOffered(
                @Connect(value = "facts?a=b", subprotocols = "v2", configurator = Asking.class) TestClient client,
                @BaseUri URI server)
                throws Exception {
            assertThat(ask(client, "subprotocol")).isEqualTo("v2");
            assertThat(ask(client, "uri")).isEqualTo(server + "facts?a=b");
            assertThat(Asking.SENT.getAndSet(null)).containsExactly("v2");
        }

        @Nested
        class Deeper {
            @Test
            void theAnnotationHoldsForNestedClasses(@Connect("facts") TestClient client) throws Exception {
                assertThat(ask(client, "hello")).isEqualTo("hello");
            }
        }
    }

    @Nested
    @WebSocketTest(value = Facts.class, onPort = true, settings = "ferrule.limits.message = 4")
    class OnPort {
        @Test
        void thePortIsAFreeOne(@BaseUri URI server, @Connect("facts") TestClient client) throws Exception {
            assertThat(server.getPort()).isNotIn(0, 8080);
            assertThat(ask(client, "four")).isEqualTo("four");
        }

        @Test
        void settingsAreTheServers(@Connect("facts") TestClient client) throws Exception {
            client.sendText("fiver");
            client.expectClose(1009).within(TestClient.PATIENCE);
        }
    }

    @Nested
    @WebSocketTest(value = Facts.class, settings = "ferrule.timeouts.idle = 200ms")
    class WithAnIdleTimeout {
        @RepeatedTest(5)
        void theServerIsIdleAndNotTheClient(@Connect("facts") TestClient client) {
            client.expectClose(1000).within(TestClient.PATIENCE);
        }
    }

    @Nested
    @WebSocketTest(value = Facts.class, settings = "ferrule.limits.message = 64")
    class WithALimit {
        @Test
        void theClientTakesLongerMessagesThanTheServer(@Connect("facts") TestClient client) throws Exception {
            assertThat(ask(client, "a long one")).hasSize(100);
        }
    }

    @Nested
    class ByRegistration {
        @RegisterExtension
        final TestServer server = TestServer.inMemory(builder -> builder.endpoint(Facts.class));

        private URI before;

        @BeforeEach
        void theServerRunsAlready() {
            before = server.uri();
        }

        @Test
        void theServerIsTheTests(FerruleServer running) throws Exception {
            assertThat(running.uri()).isEqualTo(before);
            assertThat(ask(server.connect("facts"), "hello")).isEqualTo("hello");
        }

        @Test
        void aRefusalIsToldAsTheClientIsTold() {
            assertThatThrownBy(() -> server.connect("nowhere"))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("404");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.jboss.arquillian.core.spi.LoadableExtension",
                "jakarta.enterprise.inject.spi.BeanManager",
                "dev.ferrule.cdi.ServerUri"
            })
    void neitherArquillianNorCdiIsNeeded(String absent) {
        assertThatThrownBy(() -> Class.forName(absent)).isInstanceOf(ClassNotFoundException.class);
    }

    /** Tests that fail, run by the test below. */
    @WebSocketTest(Facts.class)
    @Disabled(BY_THE_KIT)
    static class Failing {
        static final AtomicReference<TestClient> LAST = new AtomicReference<>();
        static final AtomicReference<FerruleServer> SERVER = new AtomicReference<>();

        @Test
        void unmet(@Connect("facts") TestClient client, FerruleServer server) throws Exception {
            LAST.set(client);
            SERVER.set(server);
            client.sendText("hello");
            client.nextBinary();
        }

        @Test
        void refused(@Connect("nowhere") TestClient client) {}
    }

    /** A setting that is none. */
    @WebSocketTest(value = Facts.class, settings = "ferrule.limits.message")
    @Disabled(BY_THE_KIT)
    static class Misspelt {
        @Test
        void never() {}
    }

    /** A parameter that there is too early. */
    @WebSocketTest(Facts.class)
    @Disabled(BY_THE_KIT)
    static class Early {
        Early(TestClients clients) {
            assertThat(clients).isNotNull();
        }

        @Test
        void early() {}
    }

    @Test
    void anUnmetExpectationFailsTheTestAndEverythingEnds() {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .selectors(selectClass(Failing.class), selectClass(Misspelt.class), selectClass(Early.class))
                .execute()
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("unmet"),
                                finishedWithFailure(
                                        message("Expected a binary message within 5 s, but there came the text"
                                                + " 'hello'; the connection is open"))))
                .haveExactly(
                        1,
                        event(
                                test("early"),
                                finishedWithFailure(message(text -> text.contains("give it to the test method")))))
                .haveExactly(1, event(test("refused"), finishedWithFailure(message(text -> text.contains("404")))))
                .haveExactly(
                        1,
                        event(
                                test("never"),
                                finishedWithFailure(
                                        message("The setting 'ferrule.limits.message' is not of the form key=value"))));
        assertThat(Failing.LAST.get().closeReason().getCloseCode().getCode()).isEqualTo(1000);
        assertThat(Failing.SERVER.get().endpoints()).isEmpty();
    }
}
