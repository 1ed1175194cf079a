package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    /** Where to read to past Netty what this stage wants to have now; null when it wants nothing, or has Netty read. */
    @Nullable
    ScratchReads wanted() {
        return null;
    }

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

    /** Runs the stages of a channel: as the last of Netty's handlers, or without them. */
    static final class Handler extends ChannelInboundHandlerAdapter {
        private Stage now;

        /** Where this may read past Netty, as long as nobody stands between; null where it must not. */
        private @Nullable Socket socket;

        private Handler(Stage first) {
            now = first;
        }

        /** The stages of a channel on which nothing else handles what comes, TLS for one; null where something does. */
        static @Nullable Handler soleOf(Channel channel) {
            return channel.pipeline().first() instanceof Handler sole ? sole : null;
        }

        /** Whether what comes next may be read by {@link #read}, else Netty has to. */
        boolean wantsMore() {
            return socket != null && socket.isOpen() && now.wanted() != null;
        }

        /**
         * Reads what has come, as long as it is wanted and others have their turn. The end of the input is left to Netty, to whom the
         * socket tells it as well.
         *
         * @return whether more may have come
         */
        boolean read() {
            boolean more = true;
            for (int left = ScratchReads.MOST_READS; left > 0 && more && wantsMore(); left--) {
                more = readOnce();
            }
            return more;
        }

        private boolean readOnce() {
            ByteBuf bytes = Objects.requireNonNull(now.wanted()).allocate();
            int room = bytes.capacity();
            int read = receive(bytes);
            if (read > 0) {
                give(bytes);
            } else {
                bytes.release();
            }
            return read == room;
        }

        private int receive(ByteBuf bytes) {
            try {
                return Straight.receive(Objects.requireNonNull(socket), bytes);
            } catch (Throwable broken) {
                now.onFailure(broken);
                return -1;
            }
        }

        private void give(ByteBuf bytes) {
            try {
                now.onRead(bytes);
            } catch (Throwable thrown) {
                now.onFailure(thrown);
            }
        }

        /** Never: Netty would look for the annotation at each connection. */
        @Override
        public boolean isSharable() {
            return false;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            socket = context.channel() instanceof EpollSocketChannel epoll ? (Socket) epoll.fd() : null;
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
