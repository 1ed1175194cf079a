package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.FerruleClient;
import dev.ferrule.wirekit.RawPeer;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A client for each test, and a peer that it may connect to; afterwards none of the client's threads is left. */
final class WireClient implements BeforeEachCallback, AfterEachCallback {
    private final Map<String, String> settings;
    final Map<String, Object> properties = new HashMap<>();
    final List<Map<String, List<String>>> answers = new CopyOnWriteArrayList<>();
    final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    final AtomicInteger requests = new AtomicInteger();
    Consumer<Map<String, List<String>>> beforeRequest = headers -> {};
    SSLContext tls;
    RawPeer.Listener listener;
    private Set<Thread> threads = Set.of();
    FerruleClient client;

    /** @param settings key, value, key, value … */
    WireClient(String... settings) {
        this.settings = new TreeMap<>(Map.of("ferrule.timeouts.close", "500ms"));
        for (int i = 0; i < settings.length; i += 2) {
            this.settings.put(settings[i], settings[i + 1]);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        threads = Set.copyOf(Thread.getAllStackTraces().keySet());
        listener = RawPeer.Listener.open();
        client = with();
        properties.clear();
        answers.clear();
        seen.clear();
        requests.set(0);
        beforeRequest = headers -> {};
        tls = null;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        listener.close();
        client.close();
        seen.clear(); // what a test has seen of its sessions must not outlive them
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("ferrule-") && !threads.contains(thread)));
    }

    /** Replaces the client by one with more settings. */
    FerruleClient with(String... more) {
        if (client != null) {
            client.close();
        }
        FerruleClient.Builder builder = FerruleClient.builder().transport(new NettyTransport());
        settings.forEach(builder::set);
        for (int i = 0; i < more.length; i += 2) {
            builder.set(more[i], more[i + 1]);
        }
        client = builder.build();
        return client;
    }

    URI uri(String path) {
        return URI.create("ws://localhost:" + listener.port() + path);
    }

    ClientEndpointConfig config() {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .sslContext(tls)
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        requests.incrementAndGet();
                        beforeRequest.accept(headers);
                    }

                    @Override
                    public void afterResponse(HandshakeResponse response) {
                        answers.add(response.getHeaders());
                    }
                })
                .build();
        config.getUserProperties().putAll(properties);
        return config;
    }

    CompletableFuture<Session> connect(String path) {
        return connect(uri(path));
    }

    CompletableFuture<Session> connect(URI uri) {
        return connect(client.connectAsync(new Seeing(), config(), uri));
    }

    static CompletableFuture<Session> connect(CompletionStage<Session> stage) {
        return stage.toCompletableFuture();
    }

    /** The failure of an attempt, which comes within five seconds. */
    static Throwable failure(CompletableFuture<?> attempt) throws Exception {
        try {
            return fail("connected: " + attempt.get(5, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    static Session session(CompletableFuture<Session> attempt) throws Exception {
        return attempt.get(5, TimeUnit.SECONDS);
    }

    Object next() throws InterruptedException {
        Object next = seen.poll(5, TimeUnit.SECONDS);
        assertThat(next).as("the endpoint saw something within 5 s").isNotNull();
        return next;
    }

    static List<String> list(String... values) {
        return new ArrayList<>(List.of(values));
    }

    /** Tells what happens to it: the session when it opens, the code when it ends. */
    final class Seeing extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            seen.add(session);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            seen.add(reason.getCloseCode().getCode());
        }
    }
}
