package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ServerHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Gives the connections that a socket accepts to the loops, each in its turn. When none can be accepted, for want of a file
 * descriptor most often, it waits: the system would tell of the same one again and again. Confined to the loop of the socket.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
    /** Long enough to cost nothing, short enough for a peer that waits. */
    private static final long PAUSE_SECONDS = 1;

    private final EventLoops loops;
    private final BindRequest request;
    private final ServerHandler handler;

    Acceptor(EventLoops loops, BindRequest request, ServerHandler handler) {
        this.loops = loops;
        this.request = request;
        this.handler = handler;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        loops.keep(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        // A task: the JIT would compile the beginning of a connection with each way that leads here.
        Channels.afterwards(context.channel().eventLoop(), () -> begin((Channel) message));
    }

    private void begin(Channel accepted) {
        try {
            EventLoop loop = loops.next();
            prepare((SocketChannel) accepted, loops.of(loop));
            loop.register(accepted).addListener(registered -> {
                if (!registered.isSuccess()) {
                    accepted.unsafe().closeForcibly();
                }
            });
        } catch (Throwable thrown) {
            Channels.log(Level.ERROR, "A connection is cut because it cannot begin", thrown);
            accepted.unsafe().closeForcibly();
        }
    }

    private void prepare(SocketChannel accepted, EventLoops.OfLoop shared) {
        // Who ends its output is told apart from who is gone: what is under way can still be written.
        // Small frames leave at once, too (TCP_NODELAY): Netty opens every connection so by itself.
        accepted.config().setAllowHalfClosure(true).setAllocator(loops.allocator());
        if (request.tls() != null) {
            accepted.pipeline().addLast(Tls.server(request.tls()));
        } else {
            accepted.config().setRecvByteBufAllocator(shared.reads());
        }
        new HttpConnection(shared, accepted, request, handler).beginAt(accepted);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Channel listening = context.channel();
        if (listening.config().isAutoRead()) {
            listening.config().setAutoRead(false);
            listening.eventLoop().schedule(() -> listening.config().setAutoRead(true), PAUSE_SECONDS, TimeUnit.SECONDS);
            Channels.log(
                    Level.WARNING,
                    "For a second nothing is accepted at " + NettyTransport.where(request) + ": " + cause.getMessage(),
                    null);
        }
    }
}
