package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.container.settings.Keys;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that knows no JSON: it sends and records texts and bytes. */
final class Talk extends Endpoint {
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private Session session;

    /** A server on a transport: {@code memory} or {@code netty}. */
    static FerruleServer server(String transport, Class<?>... endpoints) throws Exception {
        FerruleServer.Builder builder =
                FerruleServer.builder().set(Keys.TRANSPORT, transport).set(Keys.PORT, 0);
        for (Class<?> endpoint : endpoints) {
            builder.endpoint(endpoint);
        }
        return builder.start();
    }

    static Talk with(FerruleServer server, String path) throws Exception {
        Talk talk = new Talk();
        talk.session = server.container()
                .connectToServer(
                        talk,
                        ClientEndpointConfig.Builder.create().build(),
                        server.uri().resolve(path));
        return talk;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::add);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) received::add);
    }

    @Override
    public void onClose(Session ended, CloseReason reason) {
        closed.complete(reason);
    }

    Session session() {
        return session;
    }

    Talk say(String text) throws Exception {
        session.getBasicRemote().sendText(text);
        return this;
    }

    Object next() throws InterruptedException {
        Object next = received.poll(5, TimeUnit.SECONDS);
        assertThat(next).as("a message within 5 s").isNotNull();
        return next;
    }

    int endCode() throws Exception {
        return closed.get(5, TimeUnit.SECONDS).getCloseCode().getCode();
    }
}
