package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * What a connection does now, until the next stage takes its place. A channel has one handler for all of them: to replace a
 * handler costs Netty more than to ask who is next. Confined to the channel's loop.
 */
abstract class Stage {
    /** Given, so that Netty need not find one for each. */
    private static final String NAME = "stages";

    /** Begins with this stage: the last handler of the channel. */
    final void beginAt(Channel channel) {
        channel.pipeline().addLast(NAME, new Handler(this));
    }

    /** Puts the next stage in the place of this one; the channel is active. */
    final void become(Stage next, Channel channel) {
        Handler handler = (Handler) channel.pipeline().last();
        handler.now = next;
        onEnd();
        next.onBegin();
    }

    /** The stage begins, on a channel that is registered. */
    void onBegin() {}

    /** The channel has been connected. */
    void onActive() {}

    /** Bytes have come, which are this stage's to release. */
    abstract void onRead(ByteBuf bytes);

    /** The peer has ended its output, or something befell TLS. */
    abstract void onEvent(Object event);

    /** Something failed, this stage's own code perhaps. */
    abstract void onFailure(Throwable cause);

    /** The channel is closed. */
    void onInactive() {}

    /** The next stage has taken the place of this one, or the channel's handlers end with it. */
    void onEnd() {}

    private static final class Handler extends ChannelInboundHandlerAdapter {
        private Stage now;

        Handler(Stage first) {
            now = first;
        }

        /** Never: Netty would look for the annotation at each connection. */
        @Override
        public boolean isSharable() {
            return false;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            now.onBegin();
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            now.onActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            now.onRead((ByteBuf) message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            now.onEvent(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            now.onFailure(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            now.onInactive();
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            now.onEnd();
        }
    }
}
