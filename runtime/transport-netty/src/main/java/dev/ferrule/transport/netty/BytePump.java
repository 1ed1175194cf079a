package dev.ferrule.transport.netty;

import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.transport.netty.loop.RoleLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An upgraded connection: lends what is read to its listener as long as that wants more, and writes what it is given.
 * Confined to the channel's loop; the methods that any thread may call go there first.
 */
final class BytePump extends Stage implements TransportConnection, GatheredWrites.Progress {
    /** Once both sides have said all, a peer that goes on sending is not listened to for long. */
    private static final int MAX_BYTES_AFTER_FINISH = 256 * 1024;

    private final EventLoops.OfLoop shared;
    private final Channel channel;
    private final ConnectionListener listener;
    private final GatheredWrites writes;

    /** What was read and not taken; null while the listener keeps up. */
    private @Nullable Deque<ByteBuf> unread;

    private boolean demand = true;
    private boolean inputEnded;
    private boolean finishing;
    private boolean over;

    /** The listener has been told of the end of the input. */
    private boolean eofTold;

    private BytePump(EventLoops.OfLoop shared, Channel channel, ConnectionListener listener) {
        this.shared = shared;
        this.channel = channel;
        this.listener = listener;
        this.writes = new GatheredWrites(channel, shared.outgoing(), this);
    }

    /**
     * Turns a channel into a stream of bytes. Runs on its loop, after the head that says so was written.
     *
     * <p>A task, and not a method for tasks to call: the JIT would compile it with its caller, and again alone.
     *
     * @param last the stage that read heads
     */
    record Beginning(EventLoops.OfLoop shared, Channel channel, HeadStage last, ConnectionListener listener)
            implements Runnable {
        @Override
        public void run() {
            BytePump pump = new BytePump(shared, channel, listener);
            pump.unread = last.unread;
            pump.inputEnded = last.inputEnded;
            if (channel.isActive()) {
                last.become(pump, channel);
            }
            pump.tell(() -> listener.onOpen(pump));
            if (channel.isActive()) {
                pump.deliverUnread();
            } else {
                pump.fail(new IOException("The peer was gone before its upgrade was accepted"));
            }
        }
    }

    @Override
    @Nullable
    ScratchReads wanted() {
        return demand && unread == null && !inputEnded && isOpen() ? shared.reads() : null;
    }

    @Override
    void onRead(ByteBuf bytes) {
        if (!isOpen()) {
            bytes.release();
        } else if (demand) {
            deliver(bytes);
        } else {
            // Reading was stopped, but a TLS record or the last bytes before the end still came.
            keep().addLast(keepable(bytes));
        }
    }

    @Override
    void onEvent(Object event) {
        if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
            inputEnded = true;
            channel.config().setAutoRead(false);
            if (demand) {
                tellEndOfInput();
            }
        }
    }

    @Override
    void onFailure(Throwable cause) {
        fail(Channels.asIoException(cause));
    }

    @Override
    void onInactive() {
        if (!over) {
            fail(new IOException("The connection was closed"));
        }
    }

    @Override
    public ByteBuffer claim(int minBytes) {
        return writes.claim(minBytes);
    }

    @Override
    public void giveBack(ByteBuffer claimed) {
        writes.release(List.of(claimed));
    }

    @Override
    public void write(List<ByteBuffer> buffers) {
        if (over) {
            writes.release(buffers);
        } else {
            writes.write(buffers);
        }
    }

    @Override
    public Executor writer() {
        return shared.loop(); // the channel's own; to ask the channel would be to fetch it from memory for each message
    }

    @Override
    public boolean onTransportThread() {
        return shared.loops().isCurrentThread();
    }

    @Override
    public void beforeWait(BooleanSupplier done) {
        RoleLoops.beforeWait(done);
    }

    @Override
    public void resumeReading() {
        try {
            channel.eventLoop().execute(this::resume); // always a task: the call of onBytes may not have returned yet
        } catch (RejectedExecutionException ended) {
            Channels.log(Level.DEBUG, "Nothing to resume, the transport has ended", ended);
        }
    }

    @Override
    public void finish(boolean inputOver) {
        // Not inside of what ends the session: the JIT would compile the end of a channel with it, and again alone.
        Channels.afterwards(channel.eventLoop(), new Finish(inputOver));
    }

    private final class Finish implements Runnable {
        private final boolean inputOver;

        Finish(boolean inputOver) {
            this.inputOver = inputOver;
        }

        @Override
        public void run() {
            finishing = true;
            inputEnded |= inputOver && unread == null;
            releaseUnread();
            endWhenWritten();
        }
    }

    @Override
    public void abort() {
        Channels.onLoop(channel.eventLoop(), () -> {
            end();
            Channels.cut(channel);
        });
    }

    private boolean isOpen() {
        return !over && !finishing;
    }

    private void resume() {
        if (!demand && isOpen()) {
            demand = true;
            ByteBuf rest = unread == null ? null : unread.poll();
            deliver(rest == null ? Unpooled.EMPTY_BUFFER : rest);
            deliverUnread();
        }
    }

    private void deliverUnread() {
        while (demand && isOpen() && unread != null) {
            ByteBuf next = unread.poll();
            if (next == null) {
                unread = null;
            } else {
                deliver(next);
            }
        }
        if (demand && isOpen()) {
            if (inputEnded) {
                tellEndOfInput();
            } else {
                channel.config().setAutoRead(true);
            }
        }
    }

    /** Lends bytes to the listener; those that it leaves wait for it when it wants no more. */
    private void deliver(ByteBuf read) {
        ByteBuf bytes = lendable(read);
        try {
            ByteBuffer lent = shared.incoming().view(bytes);
            demand = listener.onBytes(lent);
            bytes.skipBytes(bytes.readableBytes() - lent.remaining());
        } catch (Throwable thrown) {
            bytes.release();
            failed(thrown);
            return;
        }
        if (demand || !isOpen() || !bytes.isReadable()) {
            bytes.release();
        } else {
            keep().addFirst(keepable(bytes));
        }
        if (!demand) {
            channel.config().setAutoRead(false);
        }
    }

    /** The bytes themselves when they are one writable piece of memory, else a copy that is. */
    private ByteBuf lendable(ByteBuf read) {
        if (read.nioBufferCount() == 1 && !read.isReadOnly()) {
            return read;
        }
        try {
            return channel.alloc().buffer(read.readableBytes()).writeBytes(read);
        } finally {
            read.release();
        }
    }

    private Deque<ByteBuf> keep() {
        Deque<ByteBuf> kept = unread;
        if (kept == null) {
            kept = new ArrayDeque<>(2);
            unread = kept;
        }
        return kept;
    }

    private ByteBuf keepable(ByteBuf bytes) {
        return shared.incoming().keepable(bytes);
    }

    private void releaseUnread() {
        if (unread != null) {
            Channels.release(unread);
            unread = null;
        }
    }

    @Override
    public void accepted(@Nullable Throwable failure) {
        if (failure != null) {
            fail(Channels.asIoException(failure));
        } else if (!over) {
            tell(() -> listener.onWritten(writes.total()));
            if (finishing) {
                endWhenWritten();
            }
        }
    }

    private void endWhenWritten() {
        if (!over && writes.isIdle()) {
            end();
            Lingering.begin(channel, this, MAX_BYTES_AFTER_FINISH, inputEnded);
        }
    }

    private void end() {
        over = true;
        releaseUnread();
    }

    private void tellEndOfInput() {
        if (!eofTold && isOpen()) {
            eofTold = true;
            tell(listener::onEof);
        }
    }

    private void fail(IOException cause) {
        if (!over) {
            end();
            Channels.cut(channel);
            tell(() -> listener.onFailure(cause));
        }
    }

    private void failed(Throwable thrown) {
        Channels.log(Level.ERROR, "A connection is cut because its listener threw", thrown);
        fail(new IOException("The listener of the connection threw " + thrown, thrown));
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }
}
