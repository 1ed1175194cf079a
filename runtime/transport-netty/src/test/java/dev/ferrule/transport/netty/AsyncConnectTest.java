package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.connect.ClientProperties;
import dev.ferrule.wirekit.RawPeer;
import dev.ferrule.wirekit.WireFrame;
import dev.ferrule.wirekit.WireFrames;
import jakarta.websocket.ClientEndpoint;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connecting without waiting, and the end of a client (spec-obligations 12.1, 12.2). */
@Timeout(30)
class AsyncConnectTest {
    private static volatile BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @RegisterExtension
    final WireClient wire = new WireClient();

    @ClientEndpoint
    public static class Annotated {
        @OnOpen
        void open(Session session) {
            told.add("open " + session.getUserProperties().get("who"));
        }

        @OnMessage
        void message(String text) {
            told.add(text);
        }
    }

    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        String text(String text) {
            return text;
        }
    }

    @Test
    void theStageCompletesWhenOnOpenHasReturned() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/a?b=c");
        try (RawPeer server = wire.listener.accept()) {
            assertThat(attempt).isNotDone();
            assertThat(server.acceptUpgrade().startLine()).isEqualTo("GET /a?b=c HTTP/1.1");
            Session session = WireClient.session(attempt);
            assertThat(wire.seen.poll()).isSameAs(session);
            assertThat(session.getRequestURI()).isEqualTo(wire.uri("/a?b=c"));
        }
    }

    @Test
    void theCallersThreadDoesNotWaitForItsOwnConfigurator() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Thread> asked = new AtomicReference<>();
        wire.beforeRequest = headers -> {
            asked.set(Thread.currentThread());
            awaitQuietly(go);
        };
        CompletableFuture<Session> attempt = wire.connect("/");
        assertThat(attempt).isNotDone();
        go.countDown();
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade();
            WireClient.session(attempt);
            assertThat(asked.get()).isNotSameAs(Thread.currentThread());
            assertThat(asked.get().getName()).startsWith("ferrule-callback");
        }
    }

    @Test
    void theContextClassLoaderOfTheCallerIsThatOfTheConfigurator() throws Exception {
        AtomicReference<ClassLoader> there = new AtomicReference<>();
        wire.beforeRequest = headers -> there.set(Thread.currentThread().getContextClassLoader());
        ClassLoader mine = new ClassLoader(AsyncConnectTest.class.getClassLoader()) {};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        CompletableFuture<Session> attempt;
        Thread.currentThread().setContextClassLoader(mine);
        try {
            attempt = wire.connect("/");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade();
            WireClient.session(attempt);
            assertThat(there.get()).isSameAs(mine);
        }
    }

    @Test
    void connectToServerRunsTheConfiguratorOnTheCallersThread() throws Exception {
        AtomicReference<Thread> asked = new AtomicReference<>();
        wire.beforeRequest = headers -> asked.set(Thread.currentThread());
        CompletableFuture<RawPeer> peer = CompletableFuture.supplyAsync(() -> {
            RawPeer server = wire.listener.accept();
            server.acceptUpgrade();
            return server;
        });
        Session session = wire.client.connectToServer(wire.new Seeing(), wire.config(), wire.uri("/"));
        assertThat(asked.get()).isSameAs(Thread.currentThread());
        assertThat(wire.next()).isSameAs(session);
        peer.get(5, TimeUnit.SECONDS).close();
    }

    @Test
    void annotatedEndpointsTakeUserProperties() throws Exception {
        told = new LinkedBlockingQueue<>();
        Map<String, Object> properties = Map.of("who", "me");
        CompletableFuture<Session> byClass =
                WireClient.connect(wire.client.connectAsync((Object) Annotated.class, properties, wire.uri("/")));
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade();
            WireClient.session(byClass);
            server.send(WireFrames.server().text("hello"));
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("open me");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
        }
    }

    @Test
    void annotatedEndpointsTakeATlsContext(@TempDir Path directory) throws Exception {
        told = new LinkedBlockingQueue<>();
        SSLContext context = Certificates.of(directory, "dns:localhost").context();
        try (RawPeer.Listener secure = RawPeer.Listener.open(context)) {
            CompletableFuture<Session> attempt = WireClient.connect(wire.client.connectAsync(
                    new Annotated(),
                    Map.of(ClientProperties.SSL_CONTEXT, context),
                    URI.create("wss://localhost:" + secure.port() + "/")));
            try (RawPeer server = secure.accept()) {
                server.acceptUpgrade();
                assertThat(WireClient.session(attempt).isSecure()).isTrue();
            }
        }
    }

    @Test
    void everyFormConnects() throws Exception {
        told = new LinkedBlockingQueue<>();
        URI uri = wire.uri("/");
        try (RawPeer a = accepted(wire.client.connectAsync(Annotated.class, uri).toCompletableFuture());
                RawPeer b =
                        accepted(wire.client.connectAsync(new Annotated(), uri).toCompletableFuture());
                RawPeer c = accepted(wire.client
                        .connectAsync(SeenOnce.class, wire.config(), uri)
                        .toCompletableFuture())) {
            assertThat(told).containsExactly("open null", "open null", "programmatic");
        }
    }

    public static class SeenOnce extends jakarta.websocket.Endpoint {
        @Override
        public void onOpen(Session session, jakarta.websocket.EndpointConfig config) {
            told.add("programmatic");
        }
    }

    private RawPeer accepted(CompletableFuture<Session> attempt) throws Exception {
        RawPeer server = wire.listener.accept();
        server.acceptUpgrade();
        WireClient.session(attempt);
        return server;
    }

    @Test
    void aClassThatIsNoEndpointFailsTheStageAndNotTheCall() throws Exception {
        CompletableFuture<Session> attempt = WireClient.connect(wire.client.connectAsync(String.class, wire.uri("/")));
        assertThat(WireClient.failure(attempt))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("no @ClientEndpoint");
    }

    @Test
    void aServerConnectsWithoutWaitingToo() throws Exception {
        told = new LinkedBlockingQueue<>();
        try (FerruleServer server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new NettyTransport())
                .endpoint(Echo.class)
                .start()) {
            Session session = WireClient.session(WireClient.connect(
                    server.client().connectAsync(Annotated.class, server.uri().resolve("echo"))));
            session.getBasicRemote().sendText("round");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("open null");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("round");
        }
    }

    @Test
    void closingTheClientClosesItsSessionsWith1001AndEndsItsThreads() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade();
            WireClient.session(attempt);
            wire.next();
            CompletableFuture<WireFrame> farewell = CompletableFuture.supplyAsync(() -> {
                WireFrame close = server.readFrame();
                server.send(WireFrames.server().close(close.closeCode(), ""));
                return close;
            });
            wire.client.close();
            assertThat(farewell.get(5, TimeUnit.SECONDS).closeCode()).isEqualTo(1001);
            assertThat(wire.seen.poll()).isEqualTo(1001);
        }
    }

    @Test
    void closingTheClientDoesNotWaitForASilentPeerForEver() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = wire.listener.accept()) {
            server.acceptUpgrade();
            WireClient.session(attempt);
            wire.next();
            wire.client.close();
            assertThat(wire.next()).isEqualTo(1001);
        }
    }

    @Test
    void closingTheClientFailsAttemptsUnderWayAndRefusesNewOnes() throws Exception {
        CompletableFuture<Session> attempt = wire.connect("/");
        try (RawPeer server = wire.listener.accept()) {
            server.readHead();
            wire.client.close();
            assertThat(WireClient.failure(attempt))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("the container is closed");
            server.awaitEnd();
        }
        assertThat(WireClient.failure(wire.connect("/"))).hasMessageContaining("the container is closed");
        assertThatThrownBy(() -> wire.client.connectToServer(wire.new Seeing(), wire.config(), wire.uri("/")))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("the container is closed");
    }

    @Test
    void anInterruptedCallerLeavesAtOnceAndTheConnectionIsCut() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                wire.client.connectToServer(wire.new Seeing(), wire.config(), wire.uri("/"));
            } catch (Exception expected) {
                failure.complete(Thread.currentThread().isInterrupted() ? expected : new AssertionError("flag lost"));
            }
        });
        caller.start();
        try (RawPeer server = wire.listener.accept()) {
            server.readHead();
            caller.interrupt();
            assertThat(failure.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Interrupted")
                    .hasCauseInstanceOf(InterruptedException.class);
            server.send("HTTP/1.1 403 Forbidden\r\n\r\n");
            server.awaitEnd();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
