package dev.ferrule.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferrule.container.FerruleClient;
import dev.ferrule.container.FerruleServer;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's callbacks that wait, wherever they run. */
@Timeout(60)
class ClientCallbacksTest {
    private static final String EVENT_LOOP = "event-loop";
    private static final String OWN_THREAD = "own-thread";

    private final CountDownLatch release = new CountDownLatch(1);
    private FerruleServer server;
    private FerruleClient client;

    @ServerEndpoint("/echo")
    public static class Echo {
        @OnMessage
        String text(String text) {
            return text;
        }
    }

    private interface OnText {
        void text(String text) throws Exception;
    }

    private static final class Listening extends Endpoint {
        private final OnText onText;

        Listening(OnText onText) {
            this.onText = onText;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            MessageHandler.Whole<String> handler = text -> {
                try {
                    onText.text(text);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            };
            session.addMessageHandler(String.class, handler);
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = FerruleServer.builder()
                .set("ferrule.port", "0")
                .transport(new NettyTransport())
                .endpoint(Echo.class)
                .start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private void client(String callbacksOn) {
        client = FerruleClient.builder()
                .set("ferrule.callbacks.on", callbacksOn)
                .set("ferrule.timeouts.close", "300ms")
                .transport(new NettyTransport())
                .build();
    }

    private Session connect(WebSocketContainer container, OnText onText) throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + server.uri().getPort() + "/echo");
        return container.connectToServer(
                new Listening(onText), ClientEndpointConfig.Builder.create().build(), uri);
    }

    @Test
    void onItsEventLoops() throws Exception {
        client(EVENT_LOOP);
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        Session session =
                connect(client, text -> threads.add(Thread.currentThread().getName()));
        // Now and then a callback runs elsewhere: one that was slow before may be kept from the loop.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            session.getBasicRemote().sendText("who runs it?");
            return threads.poll(10, TimeUnit.SECONDS).startsWith("ferrule-netty-");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void oneThatWaitsHoldsUpNoOtherConnection(String callbacksOn) throws Exception {
        client(callbacksOn);
        CountDownLatch waiting = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            connect(client, text -> {
                        waiting.countDown();
                        release.await();
                    })
                    .getBasicRemote()
                    .sendText("wait");
        }
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> other = new CompletableFuture<>();
        connect(client, other::complete).getBasicRemote().sendText("goes on");
        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("goes on");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void oneConnectsAndWaitsForWhatTheNewConnectionReceives(String callbacksOn) throws Exception {
        client(callbacksOn);
        CompletableFuture<String> received = new CompletableFuture<>();
        connect(client, text -> {
                    CompletableFuture<String> nested = new CompletableFuture<>();
                    connect(client, nested::complete).getBasicRemote().sendText(text + " within a callback");
                    received.complete(nested.get(10, TimeUnit.SECONDS));
                })
                .getBasicRemote()
                .sendText("connected");
        assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo("connected within a callback");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void oneClosesItsClient(String callbacksOn) throws Exception {
        client(callbacksOn);
        CountDownLatch closed = new CountDownLatch(1);
        connect(client, text -> {
                    client.close();
                    closed.countDown();
                })
                .getBasicRemote()
                .sendText("close");
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {EVENT_LOOP, OWN_THREAD})
    void oneThatDoesNotReturnIsInterruptedWhenItsClientEnds(String callbacksOn) throws Exception {
        client(callbacksOn);
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        connect(client, text -> {
                    waiting.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException ended) {
                        interrupted.countDown();
                    }
                })
                .getBasicRemote()
                .sendText("wait");
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        client.close();
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** With the setting as a system property, as the provider's containers read it: see the build's run for event loops. */
    @Test
    void oneOfTheSharedClientWaitsAndAnotherGoesOn() throws Exception {
        WebSocketContainer shared = ContainerProvider.getWebSocketContainer();
        CompletableFuture<String> other = new CompletableFuture<>();
        try (Session first = connect(shared, text -> other.get(10, TimeUnit.SECONDS));
                Session second = connect(shared, other::complete)) {
            first.getBasicRemote().sendText("wait");
            second.getBasicRemote().sendText("goes on");
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("goes on");
        }
    }
}
