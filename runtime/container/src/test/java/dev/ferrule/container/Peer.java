package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that records what it receives: texts, byte counts, the end. */
final class Peer extends Endpoint {
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    Session session;

    static Peer connect(WebSocketContainer container, URI uri) throws Exception {
        return connect(container, uri, ClientEndpointConfig.Builder.create().build());
    }

    static Peer connect(WebSocketContainer container, URI uri, ClientEndpointConfig config) throws Exception {
        Peer peer = new Peer();
        peer.session = container.connectToServer(peer, config, uri);
        return peer;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::add);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) received::add);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        closed.complete(reason);
    }

    Peer send(String text) throws Exception {
        session.getBasicRemote().sendText(text);
        return this;
    }

    Object next() throws InterruptedException {
        Object next = received.poll(5, TimeUnit.SECONDS);
        assertThat(next).as("a message within 5 s").isNotNull();
        return next;
    }

    boolean hasReceivedMore() {
        return !received.isEmpty();
    }

    CloseReason end() throws Exception {
        return closed.get(8, TimeUnit.SECONDS);
    }

    int endCode() throws Exception {
        return end().getCloseCode().getCode();
    }
}
