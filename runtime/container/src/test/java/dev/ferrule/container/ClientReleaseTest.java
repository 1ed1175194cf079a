package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceHandle;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However an attempt ends, what was taken for it is given back exactly once. */
@Timeout(30)
class ClientReleaseTest {
    private static volatile Runnable beforeRequest = () -> {};
    private static volatile Runnable afterResponse = () -> {};

    private final AtomicInteger obtained = new AtomicInteger();
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final MemoryTransport network = new MemoryTransport();
    private FerruleServer server;
    private FerruleClient client;

    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        String text(String text) {
            return text;
        }
    }

    public static class Configurator extends ClientEndpointConfig.Configurator {
        @Override
        public void beforeRequest(Map<String, List<String>> headers) {
            beforeRequest.run();
        }

        @Override
        public void afterResponse(HandshakeResponse response) {
            afterResponse.run();
        }
    }

    @ClientEndpoint(configurator = Configurator.class)
    public static class Client {}

    @BeforeEach
    void start() throws Exception {
        beforeRequest = () -> {};
        afterResponse = () -> {};
        server = FerruleServer.builder().transport(network).endpoint(Echo.class).start();
        client = FerruleClient.builder()
                .set("ferrule.timeouts.close", "100ms")
                .transport(network)
                .instances(new Counting())
                .scope(handshake -> {
                    begun.incrementAndGet();
                    return new CallbackScope.Connection() {
                        @Override
                        public CallbackScope.Activation enter(CallbackScope.Callback callback) {
                            return () -> {};
                        }

                        @Override
                        public void opened(Session session) {}

                        @Override
                        public void end() {
                            ended.incrementAndGet();
                        }
                    };
                })
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private final class Counting implements EndpointInstances {
        private final EndpointInstances plain = new ReflectiveInstances();

        @Override
        public <T> InstanceHandle<T> obtain(Class<T> type) {
            InstanceHandle<T> handle = plain.obtain(type);
            obtained.incrementAndGet();
            return new InstanceHandle<>() {
                @Override
                public T instance() {
                    return handle.instance();
                }

                @Override
                public void release() {
                    released.incrementAndGet();
                }
            };
        }

        @Override
        public String obstacle(Class<?> type) {
            return plain.obstacle(type);
        }
    }

    private CompletableFuture<Session> connect(String path) {
        return client.connectAsync(Client.class, server.uri().resolve(path)).toCompletableFuture();
    }

    private void assertGivenBack(int handles) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(released).hasValue(handles);
            assertThat(ended).hasValue(1);
        });
        assertThat(obtained).hasValue(handles);
        assertThat(begun).hasValue(1);
    }

    @Test
    void atTheEndOfASession() {
        Session session = connect("echo").join();
        assertThat(obtained).hasValue(2);
        assertThat(released).hasValue(0);
        client.close();
        assertThat(session.isOpen()).isFalse();
        assertGivenBack(2);
    }

    @Test
    void whenTheServerRefuses() {
        assertThat(connect("nowhere")).failsWithin(Duration.ofSeconds(5));
        assertGivenBack(1);
    }

    @Test
    void whenNobodyListens() {
        CompletableFuture<Session> attempt = client.connectAsync(Client.class, URI.create("ws://localhost:1/"))
                .toCompletableFuture();
        assertThat(attempt).failsWithin(Duration.ofSeconds(5));
        assertGivenBack(1);
    }

    @Test
    void whenTheConfiguratorThrows() {
        beforeRequest = () -> {
            throw new IllegalStateException("not now");
        };
        assertThat(connect("echo")).failsWithin(Duration.ofSeconds(5));
        assertGivenBack(1);
    }

    @Test
    void whenTheConfiguratorThrowsBehindTheAnswer() {
        afterResponse = () -> {
            throw new IllegalStateException("not like this");
        };
        assertThat(connect("echo")).failsWithin(Duration.ofSeconds(5));
        assertGivenBack(1);
    }

    @Test
    void whenTheClientIsClosedMeanwhile() {
        beforeRequest = client::close;
        assertThat(connect("echo")).failsWithin(Duration.ofSeconds(5));
        assertGivenBack(1);
    }

    @Test
    void whenTheClientIsClosedBetweenAnswerAndSession() {
        afterResponse = client::close;
        assertThat(connect("echo")).failsWithin(Duration.ofSeconds(5));
        assertGivenBack(1);
    }
}
