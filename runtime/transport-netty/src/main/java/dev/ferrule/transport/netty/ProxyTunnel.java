package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.ConnectRequest;
import dev.ferrule.engine.handshake.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * A client's connection until the proxy has opened a tunnel (RFC 9110 §9.3.6): asks, reads the head of the answer, and makes
 * way for what talks to the server. Confined to its channel's loop.
 */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
    private final ClientAttempt attempt;
    private final Channel channel;
    private final ConnectRequest.Tunnel tunnel;
    private HeadReader head;
    private boolean answered;

    ProxyTunnel(ClientAttempt attempt, Channel channel, ConnectRequest.Tunnel tunnel) {
        this.attempt = attempt;
        this.channel = channel;
        this.tunnel = tunnel;
        this.head = newHead();
    }

    private HeadReader newHead() {
        return new HeadReader(
                attempt.request().maxHeadBytes(), attempt.request().maxHeaders());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the channel, and that is an event
    public void channelActive(ChannelHandlerContext context) {
        attempt.proxyReached();
        channel.writeAndFlush(HeadText.request(tunnel.head()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (!answered && bytes.isReadable()) {
                if (head.read(bytes)) {
                    judge(head.status(), bytes.isReadable());
                }
            }
        } catch (MalformedHead malformed) {
            answered = true;
            attempt.failOn(channel, "the proxy's answer is not proper HTTP/1.1: " + malformed.reason(), malformed);
        } finally {
            bytes.release();
        }
    }

    private void judge(int status, boolean more) {
        if (status < 200) {
            head = newHead();
            return;
        }
        answered = true;
        if (status > 299) {
            attempt.refuse(new ResponseHead(status, head.fields()));
        } else if (more) {
            // The server speaks only when it was asked: whatever this is, it is not from there.
            attempt.failOn(channel, "the proxy sent more than the head of its answer to CONNECT", null);
        } else {
            attempt.reach(channel);
            channel.pipeline().remove(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            attempt.failOn(channel, "the proxy closed the connection before it answered", null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        attempt.failOn(channel, String.valueOf(Channels.asIoException(cause).getMessage()), cause);
        Channels.cut(channel);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        attempt.failOn(channel, "the proxy closed the connection before it answered", null);
    }
}
