package dev.ferrule.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The few things that every handler here does to its channel. */
final class Channels {
    private static final Logger LOG = System.getLogger("dev.ferrule.transport.netty");

    private Channels() {}

    /** Logs from a loop, which must not end because the log has no memory or no file left. */
    static void log(Level level, String message, @Nullable Throwable cause) {
        try {
            LOG.log(level, message, cause);
        } catch (Throwable unwritten) {
            // There is nobody left to tell.
        }
    }

    /** Runs a task on the channel's loop: at once when called there, and also when the loop has ended for good. */
    static void onLoop(EventExecutor loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            afterwards(loop, task);
        }
    }

    /** Runs a task on the channel's loop when what runs there now is over; at once when the loop has ended for good. */
    static void afterwards(EventExecutor loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            task.run();
        }
    }

    /** Closes the socket at once: past the TLS handler, which would wait to say goodbye. On the channel's loop. */
    static void cut(Channel channel) {
        if (channel.isOpen()) {
            channel.unsafe().close(channel.voidPromise()); // the end of the channel is an event
        }
    }

    /** Releases what was read and will never be delivered. */
    static void release(Deque<ByteBuf> unread) {
        for (ByteBuf bytes = unread.poll(); bytes != null; bytes = unread.poll()) {
            bytes.release();
        }
    }

    /** The cause as the SPI reports it. */
    static IOException asIoException(Throwable cause) {
        Throwable inner = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        return inner instanceof IOException io ? io : new IOException("The connection broke: " + inner, inner);
    }
}
