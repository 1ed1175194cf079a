package dev.ferrule.transport.netty;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Setting;
import dev.ferrule.container.spi.ConnectHandler;
import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.engine.handshake.ResponseHead;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a client's connection: resolves the name, tries its addresses one after the other, passes the proxy if
 * there is one, secures the connection, sends the request and awaits the head of the response, all within one time, and its
 * parts within theirs. Its handler is called exactly once. Confined to one loop, but for the resolution of the name, which
 * blocks and runs elsewhere.
 */
final class ClientAttempt {
    /** What is under way when the time runs out, in words. */
    private enum Phase {
        NAME("the host name was not resolved"),
        TCP("the TCP connection was not established"),
        PROXY("the proxy did not answer CONNECT"),
        TLS("the TLS handshake did not end"),
        RESPONSE("no complete response to the opening handshake came");

        private final String late;

        Phase(String late) {
            this.late = late;
        }
    }

    private final EventLoops loops;
    private final EventLoop loop;
    private final ConnectRequest request;
    private final ConnectHandler handler;
    private final Consumer<ClientAttempt> ended;
    private final Deque<InetAddress> addresses = new ArrayDeque<>();
    private Phase phase = Phase.NAME;
    private boolean over;
    private @Nullable Channel channel;
    private @Nullable Future<?> timer;
    private @Nullable Future<?> partTimer;

    /** @param ended told, on the loop, when the attempt is over, just before its handler */
    ClientAttempt(EventLoops loops, ConnectRequest request, ConnectHandler handler, Consumer<ClientAttempt> ended) {
        this.loops = loops;
        this.loop = loops.next();
        this.request = request;
        this.handler = handler;
        this.ended = ended;
    }

    EventLoops loops() {
        return loops;
    }

    ConnectRequest request() {
        return request;
    }

    void start(Executor resolver) {
        Channels.onLoop(loop, () -> {
            try {
                HeadText.check(request.head());
                if (request.tunnel() != null) {
                    HeadText.check(request.tunnel().head());
                }
                if (request.port() < 1 || request.port() > 65535) {
                    throw new IllegalArgumentException("a port is a number from 1 to 65535");
                }
                timer = timeOut(request.timeout(), Keys.HANDSHAKE_TIMEOUT);
                partTimer = timeOut(request.limits().connect(), Keys.CONNECT_TIMEOUT);
                if (Tls.isAddress(hostToReach())) {
                    resolve();
                } else {
                    resolver.execute(this::resolve);
                }
            } catch (RejectedExecutionException closed) {
                cancel();
            } catch (IllegalArgumentException unsendable) {
                fail(new IOException("No connection to " + peer() + ": " + unsendable.getMessage(), unsendable));
            }
        });
    }

    private Future<?> timeOut(Duration limit, Setting<Duration> setting) {
        return loop.schedule(
                () -> fail(new SocketTimeoutException("No connection to " + peer() + " within " + limit.toMillis()
                        + " ms (" + setting.key() + "): " + phase.late)),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The next part begins, with a time of its own or none but the whole one's. */
    private void enter(Phase next, @Nullable Duration limit, Setting<Duration> setting) {
        phase = next;
        if (partTimer != null) {
            partTimer.cancel(false);
        }
        partTimer = limit == null || over ? null : timeOut(limit, setting);
    }

    /** Gives up because the transport is being closed. */
    void cancel() {
        Channels.onLoop(loop, () -> fail(new IOException("No connection to " + peer() + ": the transport was closed")));
    }

    private void resolve() {
        try {
            InetAddress[] found = InetAddress.getAllByName(hostToReach());
            Channels.onLoop(loop, () -> {
                addresses.addAll(Arrays.asList(found));
                phase = Phase.TCP;
                connectNext(null);
            });
        } catch (UnknownHostException | RuntimeException e) {
            UnknownHostException unknown =
                    new UnknownHostException("No connection to " + peer() + ": no address is known for "
                            + (request.tunnel() == null ? "this host name" : "the proxy's host name"));
            unknown.initCause(e);
            Channels.onLoop(loop, () -> fail(unknown));
        }
    }

    private void connectNext(@Nullable Throwable last) {
        InetAddress address = addresses.poll();
        if (over) {
            return;
        }
        if (address == null) {
            ConnectException refused = new ConnectException("No connection to " + peer() + ": " + reason(last));
            refused.initCause(last);
            fail(refused);
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(loops.clientChannels())
                .option(ChannelOption.ALLOCATOR, loops.allocator())
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                // An address that does not answer must leave time for the next; the last one may use all that is left.
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        addresses.isEmpty()
                                ? 0
                                : (int) Math.min(
                                        Integer.MAX_VALUE,
                                        request.limits().connect().toMillis() / 3))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        loops.keep(opened);
                        if (request.tunnel() == null) {
                            reach(opened);
                        } else {
                            opened.pipeline().addLast(new ProxyTunnel(ClientAttempt.this, opened, request.tunnel()));
                        }
                    }
                });
        int port = request.tunnel() == null ? request.port() : request.tunnel().port();
        ChannelFuture connecting = bootstrap.connect(new InetSocketAddress(address, port));
        channel = connecting.channel();
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                // On the loop also where no channel could be made, which is told elsewhere.
                Channels.onLoop(loop, () -> connectNext(connected.cause()));
            }
        });
    }

    /** What the bytes to the server pass from now on: the socket, or the tunnel, leads there. */
    void reach(Channel opened) {
        if (request.tls() != null) {
            opened.pipeline().addLast(Tls.client(request.tls(), request.host(), request.port()));
        }
        new ClientHandshake(this, opened).beginAt(opened);
    }

    /** The TCP connection to the proxy stands; its answer is part of connecting. */
    void proxyReached() {
        phase = Phase.PROXY;
    }

    /** The way to the server is open. */
    void reached() {
        if (request.tls() != null) {
            enter(Phase.TLS, request.limits().tls(), Keys.TLS_TIMEOUT);
        }
    }

    /** The connection is secure, or needs not be. */
    void secured() {
        enter(Phase.RESPONSE, null, Keys.HANDSHAKE_TIMEOUT);
    }

    /** The proxy said no. */
    void refuse(ResponseHead response) {
        if (end()) {
            cutChannel();
            guarded(() -> handler.onTunnelRefused(response));
        }
    }

    /** The head of the response is there. */
    void respond(ClientHandshake.Exchange exchange) {
        if (end()) {
            guarded(() -> handler.onResponse(exchange));
        }
    }

    /** Something failed on the channel that is being opened; what happens to one that was given up is not told. */
    void failOn(Channel failed, String what, @Nullable Throwable cause) {
        if (failed == channel) {
            fail(new IOException("No connection to " + peer() + ": " + what, cause));
        }
    }

    private void fail(IOException cause) {
        if (end()) {
            cutChannel();
            guarded(() -> handler.onFailure(cause));
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (partTimer != null) {
            partTimer.cancel(false);
        }
        ended.accept(this);
        return true;
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            Channels.log(Level.ERROR, "A connection is cut because its connect handler threw", thrown);
            cutChannel();
        }
    }

    private void cutChannel() {
        if (channel != null) {
            Channels.cut(channel);
        }
    }

    private static String reason(@Nullable Throwable failure) {
        String message = failure == null ? "no address is known for this host name" : failure.getMessage();
        return message != null && message.contains("refused")
                ? "nothing listens there (connection refused)"
                : String.valueOf(message);
    }

    private String hostToReach() {
        return request.tunnel() == null ? request.host() : request.tunnel().host();
    }

    private String peer() {
        String server = request.host() + ":" + request.port();
        return request.tunnel() == null
                ? server
                : server + " through the proxy " + hostToReach() + ":"
                        + request.tunnel().port();
    }
}
