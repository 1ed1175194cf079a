package dev.ferrule.container;

import dev.ferrule.container.memory.MemoryTransport;
import dev.ferrule.container.spi.ClientExchange;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A peer that speaks raw bytes over the in-memory transport, and reads only when it likes to. */
final class MemoryPeer implements ConnectionListener {
    private final CompletableFuture<TransportConnection> connection = new CompletableFuture<>();
    private final CompletableFuture<Void> offered = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final boolean reads;

    private MemoryPeer(boolean reads) {
        this.reads = reads;
    }

    static MemoryPeer connect(MemoryTransport network, URI uri, boolean reads) {
        return connect(network, uri, reads, Map.of());
    }

    static MemoryPeer connect(MemoryTransport network, URI uri, boolean reads, Map<String, List<String>> more) {
        MemoryPeer peer = new MemoryPeer(reads);
        Map<String, List<String>> headers = new HashMap<>(more);
        headers.put("Host", List.of(uri.getAuthority()));
        headers.put("Upgrade", List.of("websocket"));
        headers.put("Connection", List.of("Upgrade"));
        headers.put("Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ=="));
        headers.put("Sec-WebSocket-Version", List.of("13"));
        RequestHead head = new RequestHead("GET", uri.getPath(), headers);
        network.connect(
                new ConnectRequest(uri.getHost(), uri.getPort(), null, head, 4096, 50, Duration.ofSeconds(5)),
                new ConnectHandler() {
                    @Override
                    public void onResponse(ClientExchange exchange) {
                        int status = exchange.response().status();
                        if (status == 101) {
                            exchange.accept(peer);
                        } else {
                            exchange.discard();
                            peer.connection.completeExceptionally(new IOException("The answer is " + status));
                        }
                    }

                    @Override
                    public void onTunnelRefused(ResponseHead response) {
                        peer.connection.completeExceptionally(new IOException("There is no proxy in memory"));
                    }

                    @Override
                    public void onFailure(IOException cause) {
                        peer.connection.completeExceptionally(cause);
                    }
                });
        return peer;
    }

    void send(byte[] bytes) throws Exception {
        TransportConnection open = open();
        open.writer().execute(() -> open.write(List.of(ByteBuffer.wrap(bytes))));
    }

    /** Ends its output. */
    void end() throws Exception {
        open().finish(false);
    }

    /** Cuts the connection. */
    void cut() throws Exception {
        open().abort();
    }

    /** Cuts the connection, or will when there is one. */
    void leave() {
        connection.thenAccept(TransportConnection::abort);
    }

    private TransportConnection open() throws Exception {
        return connection.get(5, TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(TransportConnection opened) {
        connection.complete(opened);
    }

    @Override
    public boolean onBytes(ByteBuffer bytes) {
        offered.complete(null);
        if (reads) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            received.writeBytes(copy);
        }
        return reads;
    }

    /** Waits until something came, be it read or not. */
    void awaitBytes() throws Exception {
        offered.get(5, TimeUnit.SECONDS);
    }

    /** Everything that was received so far, in hexadecimal digits. */
    String received() {
        return HexFormat.of().formatHex(received.toByteArray());
    }

    @Override
    public void onWritten(long total) {}

    @Override
    public void onEof() {}

    @Override
    public void onFailure(IOException cause) {}
}
