package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.PlainExchange;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.UpgradeExchange;
import dev.ferrule.engine.handshake.RequestHead;
import io.netty.channel.EventLoop;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that waits for its one answer, which any thread may give. As a task it is handed to whom it may concern; when that
 * throws, it answers 500 and ends the connection, unless an answer was given.
 */
abstract class ServerExchange implements Runnable {
    private final HttpConnection connection;
    private final HttpRequest request;
    private final AtomicBoolean answered = new AtomicBoolean();

    private ServerExchange(HttpConnection connection, HttpRequest request) {
        this.connection = connection;
        this.request = request;
    }

    public final RequestHead request() {
        return request.head();
    }

    @Override
    public final void run() {
        try {
            handOver(connection.handler());
        } catch (Throwable thrown) {
            Channels.log(Level.ERROR, "A request is answered with 500 because its handler threw", thrown);
            if (answered.compareAndSet(false, true)) {
                answer(PlainResponse.text(500, "Internal server error"), false);
            }
        }
    }

    abstract void handOver(ServerHandler handler);

    final void answerOnce() {
        if (!answered.compareAndSet(false, true)) {
            throw new IllegalStateException("The request " + request.head().method() + " "
                    + request.head().path() + " was answered before");
        }
    }

    final void answer(PlainResponse response, boolean persistent) {
        boolean withBody = !request.head().method().equals("HEAD");
        Channels.onLoop(connection.channel().eventLoop(), () -> connection.answer(response, withBody, persistent));
    }

    /** A request for an upgrade. */
    static final class Upgrade extends ServerExchange implements UpgradeExchange {
        private final HttpConnection connection;
        private final InetSocketAddress local;
        private final InetSocketAddress remote;
        private final List<X509Certificate> certificates;
        private final boolean secure;

        Upgrade(HttpConnection connection, HttpRequest request) {
            super(connection, request);
            this.connection = connection;
            this.local = (InetSocketAddress) connection.channel().localAddress();
            this.remote = (InetSocketAddress) connection.channel().remoteAddress();
            this.secure = connection.isSecure();
            this.certificates = secure ? Tls.peerCertificates(connection.channel()) : List.of();
        }

        @Override
        void handOver(ServerHandler handler) {
            handler.onUpgrade(this);
        }

        @Override
        public boolean mayBlock() {
            return false;
        }

        @Override
        public void accept(Map<String, List<String>> headers, ConnectionListener listener) {
            byte[] head = HeadText.response(101, headers);
            answerOnce();
            // Two tasks, each of which the JIT compiles once; what is read between them stays with the connection.
            EventLoop loop = connection.channel().eventLoop();
            Channels.afterwards(loop, connection.accepting(head));
            Channels.afterwards(loop, connection.beginning(listener));
        }

        @Override
        public void refuse(PlainResponse response) {
            HeadText.check(response.head().headers());
            answerOnce();
            answer(response, false);
        }

        @Override
        public boolean secure() {
            return secure;
        }

        @Override
        public InetSocketAddress localAddress() {
            return local;
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return remote;
        }

        @Override
        public List<X509Certificate> peerCertificates() {
            return certificates;
        }
    }

    /** Any other request. */
    static final class Plain extends ServerExchange implements PlainExchange {
        private final boolean persistent;

        Plain(HttpConnection connection, HttpRequest request) {
            super(connection, request);
            this.persistent = request.persistent();
        }

        @Override
        void handOver(ServerHandler handler) {
            handler.onRequest(this);
        }

        @Override
        public void respond(PlainResponse response) {
            HeadText.check(response.head().headers());
            answerOnce();
            answer(response, persistent);
        }
    }
}
