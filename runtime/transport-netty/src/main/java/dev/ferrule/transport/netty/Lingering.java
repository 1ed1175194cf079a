package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The orderly end of a connection: the output ends, what still comes in is dropped for a moment, then the socket closes. A
 * socket closed with unread bytes sends a reset, which can overtake the last answer and destroy it at the peer.
 */
final class Lingering extends Stage {
    /** Long enough for a round trip around the world and a peer that finishes its sentence. */
    private static final long SECONDS = 2;

    private final Channel channel;
    private int bytesLeft;

    private Lingering(Channel channel, int maxBytes) {
        this.channel = channel;
        bytesLeft = maxBytes;
    }

    /**
     * Ends the output of a channel on which everything was written, and takes the place of its stage.
     *
     * @param maxBytes how much more the peer may send before the socket closes on it
     * @param inputEnded whether the peer has said all that counts: there is nothing to linger for
     */
    @SuppressWarnings("FutureReturnValueIgnored") // cutting a channel that is closed does nothing
    static void begin(Channel channel, Stage last, int maxBytes, boolean inputEnded) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (inputEnded && tls == null) {
            Channels.cut(channel);
            return;
        }
        if (!channel.isActive()) {
            return;
        }
        last.become(new Lingering(channel, maxBytes), channel);
        channel.config().setAutoRead(!inputEnded);
        Future<?> timer = channel.eventLoop().schedule(() -> Channels.cut(channel), SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
        (tls == null ? channel.newSucceededFuture() : tls.closeOutbound())
                .addListener(goodbye -> ((DuplexChannel) channel)
                        .shutdownOutput()
                        .addListener(ended -> {
                            if (inputEnded || !ended.isSuccess()) {
                                Channels.cut(channel);
                            }
                        }));
    }

    @Override
    void onRead(ByteBuf bytes) {
        bytesLeft -= bytes.readableBytes();
        bytes.release();
        if (bytesLeft < 0) {
            Channels.cut(channel);
        }
    }

    @Override
    void onEvent(Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            Channels.cut(channel);
        }
    }

    @Override
    void onFailure(Throwable cause) {
        Channels.cut(channel);
    }
}
