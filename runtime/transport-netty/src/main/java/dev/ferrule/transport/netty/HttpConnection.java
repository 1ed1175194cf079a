package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.BindRequest;
import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.PlainResponse;
import dev.ferrule.container.spi.ServerHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the server as long as it speaks HTTP/1.1: reads one head, hands it over, waits for its answer, reading
 * once more at most, writes that, and then reads the next head, or ends, or becomes a {@link BytePump}. Confined to its channel's
 * loop.
 */
final class HttpConnection extends HeadStage implements Deadlines.Waiting {
    /** A refused peer may have sent this much before it reads the answer; a body that nobody reads is longer. */
    private static final int MAX_BYTES_AFTER_REFUSAL = 8 * 1024;

    /** Bodies are written in pieces of this size, one after the other, so that they need no direct memory of their own size. */
    private static final int PIECE_BYTES = 64 * 1024;

    private enum State {
        READING,
        WAITING,
        ANSWERING,
        OVER
    }

    private final EventLoops.OfLoop shared;
    private final Channel channel;
    private final BindRequest limits;
    private final ServerHandler handler;
    private State state = State.READING;
    private HeadReader head;
    private long deadline;

    HttpConnection(EventLoops.OfLoop shared, Channel channel, BindRequest limits, ServerHandler handler) {
        this.shared = shared;
        this.channel = channel;
        this.limits = limits;
        this.handler = handler;
        this.head = new HeadReader(limits.maxHeadBytes(), limits.maxHeaders());
    }

    Channel channel() {
        return channel;
    }

    ServerHandler handler() {
        return handler;
    }

    boolean isSecure() {
        return limits.tls() != null;
    }

    @Override
    void onBegin() {
        shared.loops().keep(channel);
        startTimer();
    }

    @Override
    void onEnd() {
        stopTimer();
    }

    @Override
    @Nullable
    ScratchReads wanted() {
        return channel.config().isAutoRead() ? shared.reads() : null;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // buffers with equal content are different buffers
    void onRead(ByteBuf bytes) {
        unread.add(bytes);
        if (state != State.READING) {
            // Nearly every answer is there before its peer sends more: only then it pays to tell the system.
            channel.config().setAutoRead(false);
        }
        advance();
        if (unread.peekLast() == bytes) {
            unread.removeLast();
            unread.addLast(shared.incoming().keepable(bytes));
        }
    }

    @Override
    void onEvent(Object event) {
        if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
            inputEnded = true;
            advance();
        }
    }

    @Override
    void onFailure(Throwable cause) {
        Channels.log(Level.DEBUG, "A connection broke before it was upgraded", cause);
        Channels.cut(channel);
    }

    @Override
    void onInactive() {
        state = State.OVER;
        Channels.release(unread);
    }

    /** Reads until bytes are lacking or a head is complete. */
    private void advance() {
        while (state == State.READING && !unread.isEmpty()) {
            ByteBuf next = unread.element();
            try {
                boolean complete = head.read(next);
                if (!next.isReadable()) {
                    unread.remove().release();
                }
                if (complete) {
                    state = State.WAITING;
                    Channels.afterwards(channel.eventLoop(), new Delivery());
                }
            } catch (MalformedHead malformed) {
                refuse(malformed);
            }
        }
        if (state == State.READING && inputEnded) {
            Channels.cut(channel);
        } else if (state == State.READING) {
            channel.config().setAutoRead(true);
        }
    }

    private void refuse(MalformedHead malformed) {
        state = State.WAITING;
        answer(PlainResponse.text(malformed.status(), malformed.reason()), true, false);
    }

    /** Hands over the request that was read: a task, so that its answer never comes while heads are being read. */
    private final class Delivery implements Runnable {
        @Override
        public void run() {
            if (state != State.WAITING || !channel.isActive()) {
                return; // the peer is gone
            }
            try {
                HttpRequest request = HttpRequest.of(head);
                stopTimer();
                ServerExchange exchange = request.upgrade()
                        ? new ServerExchange.Upgrade(HttpConnection.this, request)
                        : new ServerExchange.Plain(HttpConnection.this, request);
                // One more task: the JIT needs most memory where judging a request and opening a session are one.
                Channels.afterwards(channel.eventLoop(), exchange);
            } catch (MalformedHead malformed) {
                refuse(malformed);
            } catch (Throwable thrown) {
                breakOff(thrown);
            }
        }
    }

    /** In a task nobody else would end what cannot go on. */
    private void breakOff(Throwable thrown) {
        Channels.log(Level.ERROR, "A connection is cut because its request cannot be answered", thrown);
        Channels.cut(channel);
    }

    /** The task that writes the head which accepts the upgrade, on the loop. */
    Runnable accepting(byte[] response) {
        return new Acceptance(response);
    }

    private final class Acceptance implements Runnable {
        private final byte[] response;

        Acceptance(byte[] response) {
            this.response = response;
        }

        @Override
        public void run() {
            if (state == State.WAITING) {
                state = State.OVER;
                try {
                    Straight.write(channel, shared.outgoing().holding(response));
                } catch (Throwable thrown) {
                    breakOff(thrown);
                }
            }
        }
    }

    /** The task that makes this a stream of bytes, on the loop, behind {@link #accepting}. */
    Runnable beginning(ConnectionListener listener) {
        return new BytePump.Beginning(shared, channel, this, listener);
    }

    /** Answers the request that waits, on the loop. */
    void answer(PlainResponse response, boolean withBody, boolean persistent) {
        if (state != State.WAITING) {
            return; // the peer is gone
        }
        state = State.ANSWERING;
        byte[] body = withBody && PlainAnswer.mayHaveBody(response.head().status()) ? response.body() : new byte[0];
        int first = Math.min(body.length, PIECE_BYTES);
        ByteBuf start = Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(HeadText.response(
                        response.head().status(), PlainAnswer.fields(response, withBody, persistent))),
                Unpooled.wrappedBuffer(body, 0, first));
        write(start, body, first, persistent);
    }

    private void write(ByteBuf piece, byte[] body, int next, boolean persistent) {
        startTimer(); // a peer that takes no piece for so long is cut
        channel.writeAndFlush(piece).addListener(written -> {
            if (!written.isSuccess()) {
                Channels.cut(channel);
            } else if (next < body.length) {
                int length = Math.min(body.length - next, PIECE_BYTES);
                write(Unpooled.wrappedBuffer(body, next, length), body, next + length, persistent);
            } else {
                answered(persistent);
            }
        });
    }

    private void answered(boolean persistent) {
        if (persistent) {
            state = State.READING;
            head = new HeadReader(limits.maxHeadBytes(), limits.maxHeaders());
            startTimer();
            advance();
        } else {
            state = State.OVER;
            Channels.release(unread);
            Lingering.begin(channel, this, MAX_BYTES_AFTER_REFUSAL, inputEnded);
        }
    }

    private void startTimer() {
        deadline = System.nanoTime() + limits.handshakeTimeout().toNanos();
        shared.deadlines().add(this);
    }

    private void stopTimer() {
        shared.deadlines().remove(this);
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public void late() {
        Channels.cut(channel);
    }
}
