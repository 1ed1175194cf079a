package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;

/**
 * Sends past Netty's pipeline and queue while both would only hand on: nobody between has anything to do, and nothing waits.
 * For a small message they cost as much as all that is ours. Confined to the channel's loop.
 */
final class StraightSends {
    private StraightSends() {}

    /** Whether nothing stands between a channel and its socket: no TLS, and a socket that others may send to. */
    static boolean areOpenTo(Channel channel) {
        return channel instanceof EpollSocketChannel && channel.pipeline().get(SslHandler.class) == null;
    }

    /** Writes bytes of which nobody wants to know what became of them, straight where that can be. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the channel, and that is an event
    static void write(Channel channel, ByteBuf bytes) {
        if (areOpenTo(channel)) {
            send(channel, bytes);
        }
        if (bytes.isReadable()) {
            channel.writeAndFlush(bytes);
        } else {
            bytes.release();
        }
    }

    /**
     * Sends what the socket takes at once; the rest stays in the buffer, and is the channel's to write. So are all bytes when
     * the socket fails: then the channel fails likewise, and ends as it always does.
     *
     * @return how many bytes were sent
     */
    static int send(Channel channel, ByteBuf bytes) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null || waiting.totalPendingWriteBytes() > 0 || !bytes.hasMemoryAddress()) {
            return 0; // null: the channel is closed, or about to be
        }
        try {
            Socket socket = (Socket) ((EpollSocketChannel) channel).fd();
            int sent = socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
            bytes.skipBytes(sent);
            return sent;
        } catch (IOException broken) {
            return 0;
        }
    }
}
