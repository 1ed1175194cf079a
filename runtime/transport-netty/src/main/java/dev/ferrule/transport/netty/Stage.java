package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
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
        channel.pipeline().addLast(NAME, new Handler(this, channel));
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

    /**
     * Where to put what this stage wants to read now, past Netty; null when it wants nothing, or leaves reading to Netty. Asked only
     * where nothing else handles what comes: no TLS.
     */
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

        /** What is read past Netty, as long as nobody stands between; null where nothing is. */
        private final @Nullable Socket socket;

        private Handler(Stage first, Channel channel) {
            now = first;
            socket = channel instanceof EpollSocketChannel epoll ? (Socket) epoll.fd() : null;
        }

        /** The stages of a channel on which nothing else handles what comes, TLS for one; null where something does. */
        static @Nullable Handler soleOf(Channel channel) {
            return channel.pipeline().first() instanceof Handler sole ? sole : null;
        }

        /** Where to put what may be read past Netty now; null when Netty has to read, or nothing is to be read. */
        @Nullable
        ScratchReads wanted() {
            return socket != null && socket.isOpen() ? now.wanted() : null;
        }

        /**
         * Reads what has come, until no more is wanted or others must have their turn. A reset is told to the stage; the orderly end
         * of the input is left to Netty, to whom the socket reports it as well.
         *
         * @param wanted what {@link #wanted} says
         * @return whether more may have come
         */
        boolean read(ScratchReads wanted) {
            ScratchReads reads = wanted;
            boolean more = true;
            for (int left = ScratchReads.MOST_READS; left > 0 && more && reads != null; left--) {
                more = readOnce(reads);
                reads = wanted();
            }
            return more;
        }

        private boolean readOnce(ScratchReads reads) {
            try {
                ByteBuf bytes = reads.allocate();
                int room = bytes.capacity();
                int read = receive(bytes);
                if (read > 0) {
                    now.onRead(bytes);
                }
                return read == room;
            } catch (Throwable failure) {
                now.onFailure(failure);
                return false;
            }
        }

        /** Reads into a buffer, and releases it when nothing has come. */
        private int receive(ByteBuf bytes) throws IOException {
            int read = 0;
            try {
                read = Straight.receive(Objects.requireNonNull(socket), bytes);
                return read;
            } finally {
                if (read <= 0) {
                    bytes.release();
                }
            }
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
