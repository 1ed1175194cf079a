package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.CallbackScope.Callback;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceHandle;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What surrounds the making of a client's endpoint. */
@Timeout(20)
class ClientScopeTest {
    private static final ThreadLocal<CallbackScope.Callback> ACTIVE = new ThreadLocal<>();
    private final Queue<String> made = new ConcurrentLinkedQueue<>();
    private final Queue<CallbackScope.Callback> entered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lasting = new AtomicInteger();

    @ServerEndpoint("/scope")
    public static class Server {}

    @ServerEndpoint("/callbacks")
    public static class WithCallbacks {
        @OnOpen
        public void open() {}

        @OnClose
        public void close() {}
    }

    @ClientEndpoint
    public static class Client {}

    private final class Watching implements EndpointInstances, CallbackScope, CallbackScope.Connection {
        @Override
        public <T> InstanceHandle<T> obtain(Class<T> type) {
            made.add(type.getSimpleName() + " in " + ACTIVE.get());
            return new ReflectiveInstances().obtain(type);
        }

        @Override
        public Connection begin(OpeningHandshake handshake) {
            return this;
        }

        @Override
        public Activation enter(Callback callback) {
            ACTIVE.set(callback);
            entered.add(callback);
            return ACTIVE::remove;
        }

        @Override
        public void opened(Session session) {}

        @Override
        public void lasts() {
            lasting.incrementAndGet();
        }

        @Override
        public void end() {}
    }

    @Test
    void aClientsEndpointIsMadeInTheContextsOfItsHandshake() throws Exception {
        try (FerruleServer server = start()) {
            server.container().connectToServer(Client.class, server.uri().resolve("scope"));
        }
        assertThat(made).contains("Client in HANDSHAKE", "Server in HANDSHAKE");
    }

    @Test
    void aCallbackThatAnEndpointDoesNotHaveIsNotPreparedFor() throws Exception {
        try (FerruleServer server = start()) {
            server.container().connectToServer(Client.class, server.uri().resolve("scope"));
        }
        assertThat(entered).contains(Callback.HANDSHAKE).doesNotContain(Callback.OPEN, Callback.CLOSE);
    }

    @Test
    void aCallbackThatAnEndpointHasRunsInItsContexts() throws Exception {
        try (FerruleServer server = start()) {
            server.container().connectToServer(Client.class, server.uri().resolve("callbacks"));
        }
        assertThat(entered).contains(Callback.OPEN, Callback.CLOSE);
    }

    @Test
    void theContextsOfBothSidesAreToldThatTheirConnectionLasts() throws Exception {
        try (FerruleServer server = start()) {
            server.container().connectToServer(Client.class, server.uri().resolve("scope"));
            await().until(() -> lasting.get() == 2);
        }
    }

    private FerruleServer start() throws Exception {
        Watching watching = new Watching();
        return FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new MemoryTransport())
                .instances(watching)
                .scope(watching)
                .endpoint(Server.class)
                .endpoint(WithCallbacks.class)
                .start();
    }
}
