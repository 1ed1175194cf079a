package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and sends past Netty's pipeline and queue while both would only hand on: nobody between has anything to do, and nothing
 * waits. For a small message they cost as much as all that is ours, and more where connections are too many for the
 * processor's cache. Confined to the channel's loop.
 */
final class Straight {
    private Straight() {}

    /**
     * The socket of a channel, if nothing stands between the two: no TLS, nothing that waits, and a socket that others may use.
     * Who keeps it sees to it that it is not sent to while something of his own waits in the channel.
     */
    static @Nullable Socket socketOf(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return channel instanceof EpollSocketChannel epoll
                        && channel.pipeline().get(SslHandler.class) == null
                        && waiting != null // else the channel is closed, or about to be
                        && waiting.totalPendingWriteBytes() == 0
                ? (Socket) epoll.fd()
                : null;
    }

    /** Writes bytes of which nobody wants to know what became of them, straight where that can be. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the channel, and that is an event
    static void write(Channel channel, ByteBuf bytes) {
        Socket socket = socketOf(channel);
        if (socket != null) {
            send(socket, bytes);
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
    static int send(Socket socket, ByteBuf bytes) {
        if (!socket.isOpen() || !bytes.hasMemoryAddress()) {
            return 0;
        }
        try {
            int sent = socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
            bytes.skipBytes(sent);
            return sent;
        } catch (IOException broken) {
            return 0;
        }
    }

    /**
     * Reads what the socket has.
     *
     * @param into direct and empty
     * @return how many bytes were read; 0 or less when there is nothing, or never will be
     * @throws IOException when the connection is broken: the socket says so only once
     */
    static int receive(Socket socket, ByteBuf into) throws IOException {
        int read = into.hasMemoryAddress()
                ? socket.recvAddress(into.memoryAddress(), 0, into.capacity())
                : socket.recv(into.nioBuffer(0, into.capacity()), 0, into.capacity());
        if (read > 0) {
            into.writerIndex(read);
        }
        return read;
    }
}
