package dev.ferrule.wirekit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket peer on a blocking socket that sends what it is told, right or wrong, and reports what comes back. It answers
 * nothing by itself and verifies no certificate's name.
 *
 * <p>Life cycle: a client connects ({@link #connect}) and usually {@link #upgrade upgrades}; a server's end comes from a
 * {@link Listener}. {@link #close} releases the socket. Threading: one thread reads, one may write meanwhile.
 *
 * <p>Failure: every wait has a deadline, five seconds unless {@link #deadline} says otherwise. What does not come in time, or
 * not at all because the peer ended or cut the connection, is an {@link AssertionError} that says what was awaited and what
 * had come. A socket that cannot be used is an {@link UncheckedIOException}.
 */
public final class RawPeer implements AutoCloseable {
    /** Far above what loopback needs on a busy machine, below what a person waits for a failing test. */
    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

    /** The nonce of RFC 6455 §1.3's example, so that the right answer is known: {@code s3pPLMBiTxaQ9kYGzzhZRbK+xOo=}. */
    private static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** RFC 6455 §1.3. */
    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** A head longer than this comes from a peer that went wild. */
    private static final int MAX_HEAD_BYTES = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private Duration deadline = DEFAULT_DEADLINE;
    private @Nullable WireHead response;

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects over TCP. */
    public static RawPeer connect(String host, int port) {
        return connect(host, port, null, 0);
    }

    /** Connects over TLS and completes its handshake; the certificate's name is not compared. */
    public static RawPeer connect(String host, int port, SSLContext tls) {
        return connect(host, port, tls, 0);
    }

    /**
     * Connects with a receive buffer of a chosen size.
     *
     * @param tls the TLS context, or null for plain TCP
     * @param receiveBufferBytes the size of the socket's receive buffer, small for a peer that reads slowly; 0 for the
     *     system's choice
     */
    public static RawPeer connect(String host, int port, @Nullable SSLContext tls, int receiveBufferBytes) {
        try {
            Socket tcp = new Socket();
            if (receiveBufferBytes > 0) {
                tcp.setReceiveBufferSize(receiveBufferBytes);
            }
            tcp.connect(new InetSocketAddress(host, port), (int) DEFAULT_DEADLINE.toMillis());
            return over(tcp, tls, host, true);
        } catch (IOException e) {
            throw new UncheckedIOException("No connection to " + host + ":" + port, e);
        }
    }

    private static RawPeer over(Socket tcp, @Nullable SSLContext tls, String host, boolean client) throws IOException {
        try {
            tcp.setTcpNoDelay(true);
            if (tls == null) {
                return new RawPeer(tcp);
            }
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(tcp, host, tcp.getPort(), true);
            secured.setUseClientMode(client);
            secured.setSoTimeout((int) DEFAULT_DEADLINE.toMillis());
            secured.startHandshake();
            return new RawPeer(secured);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    /** Sets how long each wait may take from now on. */
    public RawPeer deadline(Duration value) {
        deadline = value;
        return this;
    }

    /** The socket's own port. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** The socket underneath, for options that only one test needs. */
    public Socket socket() {
        return socket;
    }

    /**
     * Sends a good opening handshake (RFC 6455 §4.1) and reads the head of the answer, whatever it is.
     *
     * @param path the request target
     * @param headers more header fields, each {@code "Name: value"}; one of the handshake's own names replaces that field, and
     *     with nothing behind the colon removes it
     * @return the head of the answer, also kept as {@link #response()}
     */
    public WireHead upgrade(String path, String... headers) {
        send(upgradeRequest(path, "localhost:" + socket.getPort(), headers));
        WireHead head = readHead();
        response = head;
        return head;
    }

    /** The bytes of a good opening handshake, to be sent in pieces or changed; fields are replaced as in {@link #upgrade}. */
    public static String upgradeRequest(String path, String host, String... headers) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("host", "Host: " + host);
        fields.put("upgrade", "Upgrade: websocket");
        fields.put("connection", "Connection: Upgrade");
        fields.put("sec-websocket-key", "Sec-WebSocket-Key: " + SAMPLE_KEY);
        fields.put("sec-websocket-version", "Sec-WebSocket-Version: 13");
        return "GET " + path + " HTTP/1.1\r\n" + withFields(fields, headers);
    }

    /** The answer to {@link #upgrade}, or null before it. */
    public @Nullable WireHead response() {
        return response;
    }

    /**
     * Reads a client's opening handshake and accepts it.
     *
     * @param headers more header fields of the answer, or replacements, as for {@link #upgrade}
     * @return the head of the request
     */
    public WireHead acceptUpgrade(String... headers) {
        WireHead request = readHead();
        String key = request.header("Sec-WebSocket-Key");
        if (key == null) {
            throw new AssertionError("The request has no Sec-WebSocket-Key: " + request);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("upgrade", "Upgrade: websocket");
        fields.put("connection", "Connection: Upgrade");
        fields.put("sec-websocket-accept", "Sec-WebSocket-Accept: " + acceptFor(key));
        send("HTTP/1.1 101 Switching Protocols\r\n" + withFields(fields, headers));
        return request;
    }

    /** The {@code Sec-WebSocket-Accept} that answers a key (RFC 6455 §4.2.2). */
    public static String acceptFor(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    private static String withFields(Map<String, String> fields, String... changes) {
        List<String> lines = new ArrayList<>();
        for (String change : changes) {
            int colon = change.indexOf(':');
            String name = colon < 0 ? change : change.substring(0, colon);
            if (fields.remove(name.toLowerCase(Locale.ROOT)) == null
                    || !change.substring(colon + 1).isBlank()) {
                lines.add(change);
            }
        }
        lines.addAll(0, fields.values());
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Sends bytes at once. */
    public void send(byte[]... parts) {
        try {
            socket.getOutputStream().write(WireFrames.join(parts));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing could be sent over " + socket, e);
        }
    }

    /** Sends text, as bytes of ISO 8859-1: for heads. */
    public void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads one frame. */
    public WireFrame readFrame() {
        return within("a frame", received -> {
            int first = received.next();
            int second = received.next();
            int length7 = second & 0x7f;
            long length = length7 == 126 ? received.number(2) : length7 == 127 ? received.number(8) : length7;
            if (length < 0 || length > Integer.MAX_VALUE - 16) {
                throw new AssertionError("A frame declares " + Long.toUnsignedString(length) + " bytes");
            }
            boolean masked = (second & 0x80) != 0;
            byte[] key = masked ? received.bytes(4) : new byte[4];
            byte[] payload = received.bytes((int) length);
            for (int i = 0; masked && i < payload.length; i++) {
                payload[i] ^= key[i & 3];
            }
            return new WireFrame((first & 0x80) != 0, first >> 4 & 7, first & 15, masked, payload);
        });
    }

    /** Reads the head of an HTTP message and nothing behind it. */
    public WireHead readHead() {
        return within("the head of an HTTP message", received -> {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (int bytes = 0; bytes < MAX_HEAD_BYTES; bytes++) {
                int next = received.next();
                if (next != '\n') {
                    line.append((char) next);
                } else if (line.toString().isBlank() && !lines.isEmpty()) {
                    return WireHead.of(lines);
                } else {
                    lines.add(line.toString().stripTrailing());
                    line.setLength(0);
                }
            }
            throw new AssertionError("A head did not end within " + MAX_HEAD_BYTES + " bytes");
        });
    }

    /** Reads exactly so many bytes. */
    public byte[] read(int count) {
        return within(count + " bytes", received -> received.bytes(count));
    }

    /** Awaits the orderly end of the peer's output and returns what came before it; fails when the connection is cut. */
    public byte[] awaitEof() {
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        return within("the end of the stream", received -> {
            try {
                while (true) {
                    before.write(received.next());
                }
            } catch (EOFException end) {
                return before.toByteArray();
            }
        });
    }

    /** Awaits the end of the connection, orderly or not, and tells whether it was cut (reset). */
    public boolean awaitEnd() {
        return within("the end of the connection", received -> {
            try {
                while (true) {
                    received.next();
                }
            } catch (EOFException end) {
                return false;
            } catch (SocketTimeoutException late) {
                throw late;
            } catch (IOException cut) {
                return true;
            }
        });
    }

    /** Ends this side's output and goes on reading: a half-close. */
    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the connection with a reset (linger 0). */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the socket. Idempotent. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T within(String awaited, Reading<T> reading) {
        Received received = new Received(System.nanoTime() + deadline.toNanos());
        try {
            return reading.read(received);
        } catch (SocketTimeoutException e) {
            throw failed(awaited + " did not come within " + deadline.toMillis() + " ms", received, e);
        } catch (EOFException e) {
            throw failed(awaited + " did not come: the peer ended the stream", received, e);
        } catch (IOException e) {
            throw failed(awaited + " did not come: the connection broke (" + e.getMessage() + ")", received, e);
        }
    }

    private AssertionError failed(String what, Received received, IOException cause) {
        return new AssertionError(
                "From " + socket.getRemoteSocketAddress() + ": " + what + "; before that " + received, cause);
    }

    private interface Reading<T> {
        T read(Received received) throws IOException;
    }

    /** Bytes read until a deadline, remembered in part so that a failure can show them. */
    private final class Received {
        /** Enough to recognise a head in a failure's message. */
        private static final int SHOWN = 64;

        private final long end;
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        private long count;

        Received(long end) {
            this.end = end;
        }

        int next() throws IOException {
            return bytes(1)[0] & 0xff;
        }

        long number(int bytes) throws IOException {
            long value = 0;
            for (byte next : bytes(bytes)) {
                value = value << 8 | (next & 0xff);
            }
            return value;
        }

        byte[] bytes(int length) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream(Math.min(length, 1 << 16));
            byte[] chunk = new byte[Math.min(length, 1 << 16)];
            while (all.size() < length) {
                socket.setSoTimeout(leftMillis());
                int got = in.read(chunk, 0, Math.min(chunk.length, length - all.size()));
                if (got < 0) {
                    throw new EOFException();
                }
                remember(chunk, got);
                all.write(chunk, 0, got);
            }
            return all.toByteArray();
        }

        private int leftMillis() throws SocketTimeoutException {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            return (int) Math.min(left, Integer.MAX_VALUE);
        }

        private void remember(byte[] chunk, int got) {
            count += got;
            shown.write(chunk, 0, Math.max(0, Math.min(got, SHOWN - shown.size())));
        }

        @Override
        public String toString() {
            return count == 0
                    ? "nothing came"
                    : count + " bytes came, " + HexFormat.ofDelimiter(" ").formatHex(shown.toByteArray());
        }
    }

    /** An ear on an ephemeral port of loopback, for testing clients. */
    public static final class Listener implements AutoCloseable {
        private final ServerSocket server;
        private final @Nullable SSLContext tls;

        private Listener(ServerSocket server, @Nullable SSLContext tls) {
            this.server = server;
            this.tls = tls;
        }

        /** Listens over TCP. */
        public static Listener open() {
            return open(null);
        }

        /** Listens over TLS, or over TCP when the context is null. */
        public static Listener open(@Nullable SSLContext tls) {
            try {
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                server.setSoTimeout((int) DEFAULT_DEADLINE.toMillis());
                return new Listener(server, tls);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The port. */
        public int port() {
            return server.getLocalPort();
        }

        /** Accepts one connection, with TLS its handshake too; fails when none comes within five seconds. */
        public RawPeer accept() {
            try {
                return over(server.accept(), tls, "localhost", false);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("Nobody connected to port " + port() + " in time", e);
            } catch (IOException e) {
                throw new UncheckedIOException("A connection to port " + port() + " failed at once", e);
            }
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
