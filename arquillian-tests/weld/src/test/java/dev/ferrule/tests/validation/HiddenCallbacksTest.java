package dev.ferrule.tests.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.interception.Trace;
import dev.ferrule.tests.interception.Traced;
import dev.ferrule.tests.interception.Tracer;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import dev.ferrule.tests.validation.elsewhere.Neighbour;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import org.junit.jupiter.api.Test;

/** Callbacks before which neither a proxy nor an interceptor can stand are told at the start; others are called. */
class HiddenCallbacksTest {
    /** Its proxy cannot override what it inherits. */
    @ApplicationScoped
    @ServerEndpoint("/proxied")
    public static class Proxied extends Neighbour {}

    @Test
    void aPackagePrivateCallbackOfAnotherPackageIsRefusedBehindAProxy() {
        assertRefused(
                "Neighbour.on(String) is package-private in another package than " + Proxied.class.getName(),
                Proxied.class);
    }

    /** Its interceptors would be skipped. */
    @Traced
    @ServerEndpoint("/intercepted")
    public static class Intercepted extends Neighbour {}

    @Test
    void aPackagePrivateCallbackOfAnotherPackageIsRefusedWithInterceptors() {
        assertRefused("so its interceptors would not run", Intercepted.class, Trace.class, Tracer.class);
    }

    /** Neither proxy nor interceptors. */
    @ServerEndpoint("/plain")
    public static class Plain extends Neighbour {}

    @Test
    void aPackagePrivateCallbackOfAnotherPackageIsCalledWhereNothingStandsBeforeIt() throws Exception {
        assertThat(answer("plain", Plain.class)).isEqualTo("ada");
    }

    /** Inherits what has been opened in the other package. */
    @ApplicationScoped
    @ServerEndpoint("/opened")
    public static class Opened extends Neighbour.Open {}

    @Test
    void aPackagePrivateCallbackThatItsOwnPackageHasOpenedIsCalledBehindAProxy() throws Exception {
        assertThat(answer("opened", Opened.class)).isEqualTo("open to ada");
    }

    /** Intercepts itself. */
    @ServerEndpoint("/self")
    public static class SelfIntercepted {
        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            return "around " + call.proceed();
        }

        @OnMessage
        private String on(String text) {
            return text;
        }
    }

    @Test
    void aPrivateCallbackIsRefusedWhereItsClassInterceptsItself() {
        assertRefused(
                "SelfIntercepted.on(String) is private, so its interceptors would not run", SelfIntercepted.class);
    }

    /** Has a method that is named as a callback and is none. */
    @ApplicationScoped
    public static class Overloading extends Endpoint {
        @Produces
        static ServerEndpointConfig config() {
            return ServerEndpointConfig.Builder.create(Overloading.class, "/overloading")
                    .build();
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            onError("ada");
            session.addMessageHandler(
                    String.class, text -> session.getAsyncRemote().sendText(text));
        }

        private void onError(String text) {}
    }

    @Test
    void aPrivateMethodThatOnlyHasTheNameOfACallbackIsNone() throws Exception {
        assertThat(answer("overloading", Overloading.class)).isEqualTo("ada");
    }

    private static void assertRefused(String problem, Class<?>... beans) {
        assertThatThrownBy(() ->
                        Containers.of(beans).addBeanClasses(InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(problem, "make the method protected or public, and not final");
    }

    private static String answer(String path, Class<?> endpoint) throws Exception {
        try (SeContainer cdi = Containers.of(endpoint, InMemory.class).initialize();
                TestClient client = TestClient.connect(
                        Containers.client(cdi), Containers.uri(cdi).resolve(path))) {
            client.sendText("ada");
            return client.nextText();
        }
    }
}
