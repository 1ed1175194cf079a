package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.unix.Socket;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of an upgraded connection: buffers to encode into, and gathered writes whose progress is counted. Confined to
 * the connection's loop; holds nothing while no buffer is claimed and no write is under way.
 */
final class GatheredWrites {
    /** Progress is told this often: rarely enough to cost nothing, often enough to tell a slow peer from a stalled one. */
    private static final int PROGRESS_BYTES = 64 * 1024;

    private final Channel channel;
    private final Scratch scratch;
    private final Progress progress;

    /** Where a single buffer goes while nothing waits, past the channel; null where it must not. */
    private final @Nullable Socket socket;

    private @Nullable Claim claims;
    private int underWay;
    private long total;

    /** Who is told, on the loop, that the socket accepted bytes, or why it will not. */
    interface Progress {
        void accepted(@Nullable Throwable failure);
    }

    /** A buffer lent to the container, and what it is in the pool. Rarely more than one at a time, hence a list. */
    private record Claim(
            ByteBuffer lent, ByteBuf pooled, @Nullable Claim next) {
        @Nullable
        @SuppressWarnings("ReferenceEquality") // buffers with equal content are different buffers
        Claim without(Claim gone) {
            return this == gone ? next : new Claim(lent, pooled, next == null ? null : next.without(gone));
        }
    }

    GatheredWrites(Channel channel, Scratch scratch, Progress progress) {
        this.channel = channel;
        this.scratch = scratch;
        this.progress = progress;
        this.socket = Straight.socketOf(channel);
    }

    ByteBuffer claim(int minBytes) {
        ByteBuf own = minBytes <= Scratch.BYTES ? scratch.take() : null;
        if (own != null) {
            ByteBuffer lent = scratch.view();
            claims = new Claim(lent, own, claims);
            return lent;
        }
        int size = Math.max(1, minBytes);
        ByteBuf pooled = channel.alloc().directBuffer(size, size);
        ByteBuffer lent = pooled.nioBuffer(0, size);
        claims = new Claim(lent, pooled, claims);
        return lent;
    }

    /** Returns claimed buffers to the pool and leaves others alone. */
    void release(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            ByteBuf pooled = take(buffer);
            if (pooled != null) {
                pooled.release();
            }
        }
    }

    /** Whether everything written has been accepted by the socket. */
    boolean isIdle() {
        return underWay == 0;
    }

    /** The bytes accepted by the socket. */
    long total() {
        return total;
    }

    /** Writes buffers as one gathered write; progress is told at least once. */
    void write(List<ByteBuffer> buffers) {
        if (socket != null && isIdle() && buffers.size() == 1) {
            send(socket, bytesOf(buffers.get(0)));
            return;
        }
        int uncounted = 0;
        for (Iterator<ByteBuffer> rest = buffers.iterator(); rest.hasNext(); ) {
            uncounted = queue(bytesOf(rest.next()), uncounted, !rest.hasNext());
        }
        channel.flush();
        if (buffers.isEmpty()) {
            progress.accepted(null);
        }
    }

    private void send(Socket straight, ByteBuf bytes) {
        total += Straight.send(straight, bytes);
        if (bytes.isReadable()) {
            queue(bytes, 0, true);
            channel.flush();
        } else {
            bytes.release();
            progress.accepted(null);
        }
    }

    /**
     * Has bytes written by the channel, in pieces; returns how many of a stretch are not counted yet. A piece that cannot be
     * queued is a failure of the connection: what follows must not take its place.
     */
    private int queue(ByteBuf bytes, int before, boolean last) {
        int uncounted = before;
        while (bytes.readableBytes() > PROGRESS_BYTES - uncounted) {
            writeCounted(bytes.readRetainedSlice(PROGRESS_BYTES - uncounted), PROGRESS_BYTES);
            uncounted = 0;
        }
        uncounted += bytes.readableBytes();
        if (last) {
            writeCounted(bytes, uncounted);
        } else {
            channel.write(bytes).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
        return uncounted;
    }

    /** Writes bytes that end a stretch of {@code count}; of the bytes before them only failures are told. */
    private void writeCounted(ByteBuf bytes, int count) {
        underWay++;
        channel.write(bytes).addListener(written -> {
            underWay--;
            if (written.isSuccess()) {
                total += count;
            }
            progress.accepted(written.cause());
        });
    }

    private ByteBuf bytesOf(ByteBuffer buffer) {
        ByteBuf pooled = take(buffer);
        return pooled == null ? Unpooled.wrappedBuffer(buffer) : pooled.setIndex(buffer.position(), buffer.limit());
    }

    @SuppressWarnings("ReferenceEquality") // buffers with equal content are different buffers
    private @Nullable ByteBuf take(ByteBuffer lent) {
        Claim found = claims;
        while (found != null && found.lent != lent) {
            found = found.next;
        }
        if (found == null || claims == null) {
            return null;
        }
        claims = claims.without(found);
        return found.pooled;
    }
}
