package dev.ferrule.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.memory.MemoryTransport;
import jakarta.websocket.ClientEndpointConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A server on a network in memory, for one test. Endpoints are made by reflection, so what they saw is kept in a static
 * queue, anew for each stage: tests run one after the other. Public for endpoints of other class loaders.
 */
public final class Stage implements AutoCloseable {
    private static volatile BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    final MemoryTransport network;
    final FerruleServer server;
    private final List<MemoryPeer> rawPeers = new ArrayList<>();

    private Stage(MemoryTransport network, FerruleServer server) {
        this.network = network;
        this.server = server;
    }

    /** A server with annotated endpoints. */
    static Stage of(Class<?>... endpoints) throws Exception {
        return with(builder -> {
            for (Class<?> endpoint : endpoints) {
                builder.endpoint(endpoint);
            }
            return builder;
        });
    }

    /** A server with whatever the operator adds. */
    static Stage with(UnaryOperator<FerruleServer.Builder> more) throws Exception {
        seen = new LinkedBlockingQueue<>();
        MemoryTransport network = new MemoryTransport();
        FerruleServer.Builder builder = FerruleServer.builder()
                .set("ferrule.port", "0")
                .set("ferrule.timeouts.close", "500ms")
                .transport(network);
        return new Stage(network, more.apply(builder).start());
    }

    /** An endpoint saw something. */
    public static void see(Object what) {
        seen.add(what);
    }

    /** What was seen next. */
    static Object next() throws InterruptedException {
        Object next = seen.poll(5, TimeUnit.SECONDS);
        assertThat(next).as("something seen within 5 s").isNotNull();
        return next;
    }

    /** What was seen and not asked for yet. */
    static BlockingQueue<Object> rest() {
        return seen;
    }

    URI at(String path) {
        return server.uri().resolve(path);
    }

    Peer connect(String path) throws Exception {
        return Peer.connect(server.container(), at(path));
    }

    Peer connect(String path, ClientEndpointConfig config) throws Exception {
        return Peer.connect(server.container(), at(path), config);
    }

    /** A peer that speaks bytes, and has left when the stage closes: most answer no close frame. */
    MemoryPeer rawPeer(String path, boolean reads) {
        return rawPeer(path, reads, Map.of());
    }

    /** Such a peer, with more headers in its request. */
    MemoryPeer rawPeer(String path, boolean reads, Map<String, List<String>> headers) {
        MemoryPeer peer = MemoryPeer.connect(network, at(path), reads, headers);
        rawPeers.add(peer);
        return peer;
    }

    @Override
    public void close() {
        rawPeers.forEach(MemoryPeer::leave);
        server.close();
    }
}
