package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.ClientExchange;
import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.engine.handshake.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client's connection until its handshake is judged: sends the request as soon as the connection is secure, reads the head
 * of the final response, and then waits for the verdict without reading on. Confined to its channel's loop.
 */
final class ClientHandshake extends HeadStage {
    private final ClientAttempt attempt;
    private final Channel channel;
    private HeadReader head;
    private boolean answered;

    ClientHandshake(ClientAttempt attempt, Channel channel) {
        this.attempt = attempt;
        this.channel = channel;
        this.head = newHead();
    }

    private HeadReader newHead() {
        return new HeadReader(
                attempt.request().maxHeadBytes(), attempt.request().maxHeaders());
    }

    @Override
    void onBegin() {
        if (channel.isActive()) {
            begin(); // behind a tunnel
        }
    }

    @Override
    void onActive() {
        begin();
    }

    private void begin() {
        attempt.reached();
        if (attempt.request().tls() == null) {
            send();
        }
    }

    @Override
    void onEvent(Object event) {
        if (event == SslHandshakeCompletionEvent.SUCCESS) {
            send();
        } else if (event instanceof SslHandshakeCompletionEvent failed) {
            attempt.failOn(channel, Tls.reason(failed.cause()), failed.cause());
        } else if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
            inputEnded = true;
            if (!answered) {
                attempt.failOn(channel, "the peer closed the connection before it answered", null);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the channel, and that is an event
    private void send() {
        attempt.secured();
        channel.writeAndFlush(HeadText.request(attempt.request().head()));
    }

    @Override
    void onRead(ByteBuf bytes) {
        unread.add(bytes);
        try {
            while (!answered && !unread.isEmpty()) {
                ByteBuf next = unread.element();
                boolean complete = head.read(next);
                if (!next.isReadable()) {
                    unread.remove().release();
                }
                if (complete) {
                    judge(head.status());
                }
            }
        } catch (MalformedHead malformed) {
            attempt.failOn(channel, "its answer is not proper HTTP/1.1: " + malformed.reason(), malformed);
        }
    }

    /** Interim responses are skipped (RFC 9110 §15.2); the others are final, 101 among them. */
    private void judge(int status) {
        if (status < 200 && status != 101) {
            head = newHead();
            return;
        }
        answered = true;
        channel.config().setAutoRead(false);
        attempt.respond(new Exchange(new ResponseHead(status, head.fields())));
    }

    @Override
    void onFailure(Throwable cause) {
        attempt.failOn(channel, String.valueOf(Channels.asIoException(cause).getMessage()), cause);
        Channels.cut(channel);
    }

    @Override
    void onInactive() {
        Channels.release(unread);
        attempt.failOn(channel, "the peer closed the connection before it answered", null);
    }

    /** The response, which waits for its verdict. */
    final class Exchange implements ClientExchange {
        private final ResponseHead response;
        private final AtomicBoolean judged = new AtomicBoolean();

        private Exchange(ResponseHead response) {
            this.response = response;
        }

        @Override
        public ResponseHead response() {
            return response;
        }

        @Override
        public void accept(ConnectionListener listener) {
            judgeOnce();
            Channels.onLoop(
                    channel.eventLoop(),
                    new BytePump.Beginning(attempt.loops().of(channel), channel, ClientHandshake.this, listener));
        }

        @Override
        public void discard() {
            judgeOnce();
            Channels.onLoop(channel.eventLoop(), () -> Channels.cut(channel));
        }

        private void judgeOnce() {
            if (!judged.compareAndSet(false, true)) {
                throw new IllegalStateException("The response was accepted or discarded before");
            }
        }
    }
}
