package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.container.spi.ServerBinding;
import dev.ferrule.container.spi.ServerHandler;
import dev.ferrule.container.spi.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The embedded transport, {@code netty}: listens and connects over TCP and TLS, parses and writes HTTP/1.1 heads (RFC 9112),
 * and carries the bytes of upgraded connections, on native epoll where the system has it and on NIO elsewhere.
 *
 * <p>Life cycle: event loops start with the first {@link #bind} or {@link #connect}; {@link #close} ends them with
 * everything on them. Their threads are daemons named {@code ferrule-netty-…}; an application that has nothing else to do
 * keeps its main thread waiting.
 *
 * <p>Threading: every method may be called by any thread; {@link #bind} blocks and must not be called on an event loop.
 */
public final class NettyTransport implements Transport {
    /** Connections that the system completes while every loop is busy; it lowers the number to its own limit. */
    private static final int BACKLOG = 4096;

    /** A name server that does not answer holds up so many names before it holds up all. */
    private static final int RESOLVERS = 4;

    /** Clients come in bursts; between them no thread is kept. */
    private static final int RESOLVER_IDLE_SECONDS = 2;

    /** Names are resolved here: the system's resolver blocks, and must not hold up a loop. */
    private final ExecutorService resolver = resolver();

    private final Set<ClientAttempt> attempts = ConcurrentHashMap.newKeySet();
    private volatile @Nullable EventLoops loops;
    private @Nullable Executor handOff;
    private int mostDetached;
    private boolean closed;

    /** A transport that has not started anything. */
    public NettyTransport() {}

    @Override
    public String name() {
        return "netty";
    }

    /** Callbacks run on the event loops, which go on with another thread when one takes long. */
    @Override
    public synchronized Executor callbacks(Executor fallback, int most) {
        if (loops != null) {
            throw new IllegalStateException("The event loops run already");
        }
        handOff = fallback;
        mostDetached = most;
        return callback -> {
            EventLoops running = loops;
            if (running == null) {
                fallback.execute(callback);
            } else {
                running.runCallback(callback, fallback);
            }
        };
    }

    @Override
    public ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException {
        EventLoops running = running();
        InetSocketAddress address = new InetSocketAddress(request.host(), request.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(
                    "Cannot listen at " + where(request) + ": no address is known for this host name");
        }
        Channel listening;
        try {
            listening = running.serverChannels().newChannel();
            listening.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
            listening.config().setOption(ChannelOption.SO_REUSEADDR, true);
        } catch (ChannelException unopened) {
            throw unbound(request, unopened);
        }
        listening.pipeline().addLast(new Acceptor(running, request, handler));
        ChannelFuture bound = running.group().register(listening).awaitUninterruptibly(); // closed if not
        if (bound.isSuccess()) {
            bound = listening.bind(address).awaitUninterruptibly();
            if (bound.cause() != null) {
                listening.close().awaitUninterruptibly();
            }
        }
        if (bound.cause() != null) {
            throw unbound(request, bound.cause());
        }
        return new Binding(listening);
    }

    @Override
    public void connect(ConnectRequest request, ConnectHandler handler) {
        ClientAttempt attempt;
        synchronized (this) {
            EventLoops running;
            try {
                running = running();
            } catch (IOException alreadyClosed) {
                handler.onFailure(alreadyClosed);
                return;
            }
            attempt = new ClientAttempt(running, request, handler, attempts::remove);
            attempts.add(attempt);
        }
        attempt.start(resolver);
    }

    @Override
    public void close() {
        EventLoops ending;
        synchronized (this) {
            closed = true;
            ending = loops;
        }
        attempts.forEach(ClientAttempt::cancel);
        resolver.shutdownNow();
        if (ending != null) {
            ending.close();
        }
    }

    private synchronized EventLoops running() throws IOException {
        if (closed) {
            throw new IOException("The transport is closed");
        }
        EventLoops running = loops;
        if (running == null) {
            running = new EventLoops(handOff, mostDetached);
            loops = running;
        }
        return running;
    }

    private static ExecutorService resolver() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                RESOLVERS, RESOLVERS, RESOLVER_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "ferrule-netty-resolver");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(NettyTransport.class.getClassLoader());
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static IOException unbound(BindRequest request, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        String advice;
        if (reason.contains("in use")) {
            advice = "another program listens there; stop it, or choose another port (0 picks a free one)";
        } else if (reason.contains("ermission")) {
            advice = "the system does not permit it; ports below 1024 usually need a privilege, choose a higher one";
        } else if (reason.contains("assign")) {
            advice = "this machine has no such address; choose one that it has, or 0.0.0.0 for all";
        } else {
            advice = reason;
        }
        BindException unbound = new BindException("Cannot listen at " + where(request) + ": " + advice);
        unbound.initCause(cause);
        return unbound;
    }

    /** For people: the host and port to listen at. */
    static String where(BindRequest request) {
        return request.host() + ":" + request.port();
    }

    private record Binding(Channel channel, InetSocketAddress address) implements ServerBinding {
        Binding(Channel channel) {
            this(channel, (InetSocketAddress) channel.localAddress());
        }

        @Override
        public void close() {
            if (channel.isOpen()) {
                ChannelFuture closing = channel.close();
                if (!channel.eventLoop().inEventLoop()) {
                    closing.awaitUninterruptibly();
                }
            }
        }
    }
}
