package dev.ferrule.container.spi;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The container's side of an upgraded connection. Order of calls: {@code onOpen (onBytes)* onEof? onFailure?}, with
 * {@code onWritten} anywhere between.
 *
 * <p>Threading: {@code onOpen}, {@code onBytes}, {@code onEof} come from the connection's reader, one at a time;
 * {@code onWritten} comes from its writer. A transport with event loops uses one thread for both roles; a blocking one uses
 * two, and then {@code onWritten} and {@code onFailure} may run beside {@code onBytes}. Nothing here blocks.
 */
public interface ConnectionListener {
    /** The stream of bytes begins. The response that accepted the upgrade goes before everything written from now on. */
    void onOpen(TransportConnection connection);

    /**
     * Bytes arrived. The buffer is lent for the duration of the call and writable: its content may be changed in place.
     *
     * @param bytes what arrived; consumed from its position on
     * @return true to go on reading. False withdraws demand: the transport keeps what is left in the buffer, stops reading,
     *     and after {@link TransportConnection#resumeReading()} delivers the rest first, also when it is empty
     */
    boolean onBytes(ByteBuffer bytes);

    /**
     * The socket took bytes.
     *
     * @param total how many bytes of this connection's {@link TransportConnection#write writes} the socket has accepted
     *     since {@code onOpen}. Reported at least when a write is complete, and when a long one makes progress
     */
    void onWritten(long total);

    /**
     * The peer ended its output: no more bytes come. Writing still works; the listener ends the connection by
     * {@link TransportConnection#finish()} or {@link TransportConnection#abort()}.
     */
    void onEof();

    /**
     * The connection broke, if the listener has not ended it itself. Nothing can be read or written any more; the transport has
     * released it. Comes without {@code onOpen} when the connection broke before the upgrade was complete.
     */
    void onFailure(IOException cause);
}
