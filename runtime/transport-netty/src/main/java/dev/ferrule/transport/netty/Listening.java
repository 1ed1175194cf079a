package dev.ferrule.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * A listening socket, whose connections are accepted in a task of their own and past Netty: handled by its side, accepting and
 * reading are one for the JIT, which took more memory for compiling that than for anything else (24 MB), and kept it.
 */
final class Listening extends Registered implements Runnable {
    /** So many are accepted before those that were accepted earlier have their turn; epoll reports the others again. */
    private static final int CONNECTIONS_AT_A_TIME = 16;

    /** What Netty's native code asks for: an IPv6 address, its scope, the port, and the length of it all. */
    private static final int ADDRESS_BYTES = 16 + 4 + 4 + 1;

    private final Channel channel;
    private final Executor loop;
    private final byte[] address = new byte[ADDRESS_BYTES];

    Listening(EpollIoHandle handle, Channel channel, Executor loop) {
        super(handle);
        this.channel = channel;
        this.loop = loop;
    }

    @Override
    public void handle(IoRegistration ours, IoEvent event) {
        loop.execute(this);
    }

    @Override
    public void run() {
        try {
            for (int left = CONNECTIONS_AT_A_TIME; left > 0 && isWanted(); left--) {
                int accepted = ((Socket) fd()).accept(address);
                if (accepted < 0) {
                    return; // there is none
                }
                take(new EpollSocketChannel(accepted));
            }
        } catch (IOException failure) {
            channel.pipeline().fireExceptionCaught(failure);
        }
    }

    private boolean isWanted() {
        return channel.isOpen() && channel.config().isAutoRead();
    }

    /** Gives a connection to the handler of the channel, unless its peer has reset it meanwhile: nobody would be told of its end. */
    private void take(Channel connection) {
        if (connection.isActive()) {
            channel.pipeline().fireChannelRead(connection);
        } else {
            connection.unsafe().closeForcibly();
        }
    }
}
