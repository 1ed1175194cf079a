package dev.ferrule.container.memory;

import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ClientExchange;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.PlainExchange;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.ServerBinding;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.Transport;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network of its own inside the JVM: what connects through an instance reaches what is bound to the same instance, by
 * port; host names do not matter. It ends with the server or the client that it is given to; others get on to it by
 * {@link #access}, or share a container.
 *
 * <p>Threading: tasks of a connection run one at a time on threads of the transport, never on a caller's.
 */
public final class MemoryTransport implements Transport {
    /** Ephemeral ports begin where the network's do, so that nobody takes them for well-known ones. */
    private static final int FIRST_EPHEMERAL_PORT = 49_152;

    private final Map<Integer, ServerHandler> bound = new ConcurrentHashMap<>();
    private final AtomicInteger nextPort = new AtomicInteger(FIRST_EPHEMERAL_PORT);
    private final AtomicInteger nextThread = new AtomicInteger();
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "ferrule-memory-" + nextThread.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    /** A network with nobody on it. */
    public MemoryTransport() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException {
        int port = request.port() == 0 ? nextPort.getAndIncrement() : request.port();
        if (bound.putIfAbsent(port, handler) != null) {
            throw new BindException("The in-memory port " + port + " is in use");
        }
        InetSocketAddress address = InetSocketAddress.createUnresolved(request.host(), port);
        return new ServerBinding() {
            @Override
            public InetSocketAddress address() {
                return address;
            }

            @Override
            public void close() {
                bound.remove(port, handler);
            }
        };
    }

    @Override
    public void connect(ConnectRequest request, ConnectHandler handler) {
        ServerHandler server = bound.get(request.port());
        try {
            threads.execute(() -> {
                if (server == null) {
                    handler.onFailure(new ConnectException("Nobody listens on the in-memory port " + request.port()));
                } else if (isUpgrade(request.head())) {
                    server.onUpgrade(new Upgrade(request, handler));
                } else {
                    handler.onFailure(new ConnectException("The request asks for no upgrade to WebSocket"));
                }
            });
        } catch (RejectedExecutionException closed) {
            handler.onFailure(new IOException("The network in memory is closed", closed));
        }
    }

    /** The same network, for one more server or client, whose end leaves it as it is. */
    public Transport access() {
        return new Access(this);
    }

    private record Access(MemoryTransport network) implements Transport {
        @Override
        public String name() {
            return network.name();
        }

        @Override
        public ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException {
            return network.bind(request, handler);
        }

        @Override
        public void connect(ConnectRequest request, ConnectHandler handler) {
            network.connect(request, handler);
        }

        @Override
        public void close() {}
    }

    /**
     * Sends a plain HTTP request.
     *
     * @param port the port of a binding
     * @return the answer, once there is one; it fails when nobody listens
     */
    public CompletableFuture<PlainResponse> request(int port, RequestHead request) {
        CompletableFuture<PlainResponse> answer = new CompletableFuture<>();
        ServerHandler server = bound.get(port);
        if (server == null) {
            answer.completeExceptionally(new ConnectException("Nobody listens on the in-memory port " + port));
            return answer;
        }
        threads.execute(() -> server.onRequest(new PlainExchange() {
            @Override
            public RequestHead request() {
                return request;
            }

            @Override
            public void respond(PlainResponse response) {
                answer.complete(response);
            }
        }));
        return answer;
    }

    @Override
    public void close() {
        bound.clear();
        threads.shutdown();
    }

    private static boolean isUpgrade(RequestHead head) {
        String upgrade = head.header("Upgrade");
        return head.method().equals("GET")
                && upgrade != null
                && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
    }

    /** A handshake between two ends in this JVM. */
    private final class Upgrade implements UpgradeExchange {
        private final ConnectRequest request;
        private final ConnectHandler client;

        Upgrade(ConnectRequest request, ConnectHandler client) {
            this.request = request;
            this.client = client;
        }

        @Override
        public RequestHead request() {
            return request.head();
        }

        @Override
        public boolean mayBlock() {
            return true;
        }

        @Override
        public void accept(Map<String, List<String>> headers, ConnectionListener listener) {
            MemoryConnection serverEnd = new MemoryConnection(threads);
            MemoryConnection clientEnd = new MemoryConnection(threads);
            serverEnd.join(clientEnd);
            clientEnd.join(serverEnd);
            serverEnd.open(listener);
            ResponseHead head = new ResponseHead(101, headers);
            threads.execute(() -> client.onResponse(new ClientExchange() {
                @Override
                public ResponseHead response() {
                    return head;
                }

                @Override
                public void accept(ConnectionListener clientListener) {
                    clientEnd.open(clientListener);
                }

                @Override
                public void discard() {
                    clientEnd.abort();
                }
            }));
        }

        @Override
        public void refuse(PlainResponse response) {
            threads.execute(() -> client.onResponse(new ClientExchange() {
                @Override
                public ResponseHead response() {
                    return response.head();
                }

                @Override
                public void accept(ConnectionListener listener) {
                    listener.onFailure(new IOException("The server refused the upgrade"));
                }

                @Override
                public void discard() {}
            }));
        }

        @Override
        public boolean secure() {
            return request.tls() != null;
        }

        @Override
        public @Nullable InetSocketAddress localAddress() {
            return null;
        }

        @Override
        public @Nullable InetSocketAddress remoteAddress() {
            return null;
        }
    }
}
