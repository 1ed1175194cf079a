package dev.ferrule.container.blocking;

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
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A third transport, to prove that the SPI fits one that blocks: {@code java.net} sockets, one thread that reads and one that
 * writes for each connection. For tests.
 */
public final class BlockingTransport implements Transport {
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<ServerSocket> listeners = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
        return "blocking";
    }

    @Override
    public ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException {
        ServerSocket listener = new ServerSocket(request.port(), 128, InetAddress.getByName(request.host()));
        listeners.add(listener);
        daemon("accept", () -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    sockets.add(socket);
                    daemon("serve", () -> serve(socket, handler));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return new ServerBinding() {
            @Override
            public InetSocketAddress address() {
                return (InetSocketAddress) listener.getLocalSocketAddress();
            }

            @Override
            public void close() {
                quietly(listener::close);
            }
        };
    }

    private void serve(Socket socket, ServerHandler handler) {
        try {
            InputStream in = socket.getInputStream();
            List<String> lines = readHead(in);
            String[] start = lines.get(0).split(" ");
            RequestHead head = new RequestHead(start[0], start[1], headers(lines));
            if ("websocket".equalsIgnoreCase(head.header("Upgrade"))) {
                handler.onUpgrade(new Upgrade(socket, in, head));
            } else {
                handler.onRequest(new PlainExchange() {
                    @Override
                    public RequestHead request() {
                        return head;
                    }

                    @Override
                    public void respond(PlainResponse response) {
                        answer(socket, response);
                    }
                });
            }
        } catch (IOException broken) {
            quietly(socket::close);
        }
    }

    @Override
    public void connect(ConnectRequest request, ConnectHandler handler) {
        daemon("connect", () -> {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress(request.host(), request.port()), (int)
                        request.timeout().toMillis());
                RequestHead head = request.head();
                writeHead(socket, head.method() + " " + head.target() + " HTTP/1.1", head.headers());
                InputStream in = socket.getInputStream();
                List<String> lines = readHead(in);
                ResponseHead response =
                        new ResponseHead(Integer.parseInt(lines.get(0).split(" ")[1]), headers(lines));
                handler.onResponse(new ClientExchange() {
                    @Override
                    public ResponseHead response() {
                        return response;
                    }

                    @Override
                    public void accept(ConnectionListener listener) {
                        new Connection(socket, in, listener).start();
                    }

                    @Override
                    public void discard() {
                        quietly(socket::close);
                    }
                });
            } catch (IOException failure) {
                quietly(socket::close);
                handler.onFailure(failure);
            }
        });
    }

    @Override
    public void close() {
        listeners.forEach(listener -> quietly(listener::close));
        sockets.forEach(socket -> quietly(socket::close));
    }

    private record Upgrade(Socket socket, InputStream in, RequestHead request) implements UpgradeExchange {
        @Override
        public boolean mayBlock() {
            return true;
        }

        @Override
        public void accept(Map<String, List<String>> headers, ConnectionListener listener) {
            try {
                writeHead(socket, "HTTP/1.1 101 Switching Protocols", headers);
                new Connection(socket, in, listener).start();
            } catch (IOException broken) {
                listener.onFailure(broken);
            }
        }

        @Override
        public void refuse(PlainResponse response) {
            answer(socket, response);
        }

        @Override
        public boolean secure() {
            return false;
        }

        @Override
        public InetSocketAddress localAddress() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return (InetSocketAddress) socket.getRemoteSocketAddress();
        }
    }

    /** An upgraded socket: reading blocks on one thread, writing on another. */
    private static final class Connection implements TransportConnection {
        private final Socket socket;
        private final InputStream in;
        private final ConnectionListener listener;
        private final Semaphore resumed = new Semaphore(0);
        private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "blocking-writer");
            thread.setDaemon(true);
            return thread;
        });
        private long written;

        Connection(Socket socket, InputStream in, ConnectionListener listener) {
            this.socket = socket;
            this.in = in;
            this.listener = listener;
        }

        void start() {
            daemon("reader", this::read);
        }

        private void read() {
            listener.onOpen(this);
            byte[] buffer = new byte[4096];
            try {
                int count;
                while ((count = in.read(buffer)) >= 0) {
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                    while (!listener.onBytes(bytes)) {
                        resumed.acquireUninterruptibly();
                    }
                }
                listener.onEof();
            } catch (IOException broken) {
                listener.onFailure(broken);
            }
        }

        @Override
        public ByteBuffer claim(int minBytes) {
            return ByteBuffer.allocate(minBytes);
        }

        @Override
        public void giveBack(ByteBuffer claimed) {}

        @Override
        public void write(List<ByteBuffer> buffers) {
            try {
                for (ByteBuffer buffer : buffers) {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.duplicate().get(bytes);
                    socket.getOutputStream().write(bytes);
                    written += bytes.length;
                }
                listener.onWritten(written);
            } catch (IOException broken) {
                quietly(socket::close);
                listener.onFailure(broken);
            }
        }

        @Override
        public Executor writer() {
            return writer;
        }

        @Override
        public boolean onTransportThread() {
            return false;
        }

        @Override
        public void resumeReading() {
            resumed.release();
        }

        @Override
        public void finish(boolean inputOver) {
            writer.execute(() -> quietly(socket::close));
        }

        @Override
        public void abort() {
            quietly(socket::close);
        }
    }

    private static void answer(Socket socket, PlainResponse response) {
        quietly(() -> {
            Map<String, List<String>> headers =
                    new LinkedHashMap<>(response.head().headers());
            headers.put("Content-Length", List.of(String.valueOf(response.body().length)));
            writeHead(socket, "HTTP/1.1 " + response.head().status() + " Answered", headers);
            socket.getOutputStream().write(response.body());
            socket.close();
        });
    }

    private static void writeHead(Socket socket, String start, Map<String, List<String>> headers) throws IOException {
        StringBuilder head = new StringBuilder(start).append("\r\n");
        headers.forEach((name, values) -> values.forEach(
                value -> head.append(name).append(": ").append(value).append("\r\n")));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<String> readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The peer ended the connection in its head");
            }
            head.write(next);
        }
        return List.of(head.toString(StandardCharsets.ISO_8859_1).strip().split("\r\n"));
    }

    private static Map<String, List<String>> headers(List<String> lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void quietly(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException alreadyBroken) {
            // Closing what is broken: nothing is left to do.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "blocking-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
