package dev.ferrule.container.spi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * An upgraded connection: bytes out, demand for bytes in, and its end.
 *
 * <p>Threading: {@link #claim}, {@link #giveBack} and {@link #write} belong to the connection's {@link #writer()}; the rest
 * may be called by any thread.
 */
public interface TransportConnection {
    /**
     * A buffer to encode into: empty, writable, big-endian, pooled and direct where the transport has that. The caller
     * fills it, flips it and hands it to {@link #write}, or gives it back unused.
     *
     * @param minBytes the least room it has; the transport may give more
     */
    ByteBuffer claim(int minBytes);

    /** Returns a claimed buffer that is not going to be written. */
    void giveBack(ByteBuffer claimed);

    /**
     * Writes the remaining bytes of the buffers, in order, as one gathered write. One write is under way at a time: the next
     * may begin when {@link ConnectionListener#onWritten} has reported every byte of the last. Claimed buffers return to the
     * transport. Others are read but neither released nor changed, also in their position, and must stay as they are until
     * then. On a connection that is over, bytes are dropped silently.
     */
    void write(List<ByteBuffer> buffers);

    /**
     * Runs tasks one at a time, in order, on the connection's writer. It takes tasks as long as the transport lives, also
     * after the connection's end, so that a task that was accepted always runs.
     */
    Executor writer();

    /** Whether the current thread is one that this transport needs to go on: an event loop. User code must not block it. */
    boolean onTransportThread();

    /**
     * The current thread, which runs a callback, is about to wait for this connection. A transport that runs callbacks on the
     * threads that move its bytes sees to it that they go on; others have nothing to do. Any thread.
     *
     * @param done whether there is nothing to wait for any more
     */
    default void beforeWait(BooleanSupplier done) {}

    /**
     * Renews demand after {@link ConnectionListener#onBytes} returned false. May be called before that call has returned; is
     * never lost; does nothing when demand was not withdrawn. Returns at once; bytes come on the reader.
     */
    void resumeReading();

    /**
     * Ends the connection when everything written has been accepted by the socket. Idempotent, does not wait.
     *
     * @param inputOver whether the peer has said all that counts, so that the socket may close at once; if not, the output
     *     ends first, and what still comes is dropped for a moment
     */
    void finish(boolean inputOver);

    /** Cuts the connection at once, whatever is still to be written. Idempotent, does not wait. */
    void abort();
}
