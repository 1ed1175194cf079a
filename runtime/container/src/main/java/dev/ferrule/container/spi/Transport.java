package dev.ferrule.container.spi;

import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * A way to move bytes between peers: an embedded network server and client, or a pair of queues in memory.
 *
 * <p>Found by {@link java.util.ServiceLoader}; the setting {@code ferrule.transport} chooses one by {@link #name()}. Each
 * container has an instance of its own, starts nothing before the first {@link #bind} or {@link #connect}, and closes it at
 * its end.
 *
 * <p>Threading: every method may be called by any thread. A transport parses and writes HTTP heads and carries bytes; it
 * never sees a frame or a session.
 */
public interface Transport extends AutoCloseable {
    /** The name by which a setting chooses this transport, such as {@code netty}; {@code memory} is the container's own. */
    String name();

    /**
     * What runs the application's callbacks, which may block, for the connections of this transport. Asked at most once,
     * before the first {@link #bind} or {@link #connect}. By default it is the fallback; a transport that can run callbacks
     * on the threads that deliver bytes, without waiting for those that block, returns an executor that does when it is
     * called on such a thread, outside of every call of a listener.
     *
     * @param fallback runs callbacks on threads of its own; it outlives this transport
     * @param most how many callbacks may block on threads of the transport
     */
    default Executor callbacks(Executor fallback, int most) {
        return fallback;
    }

    /**
     * Starts to accept connections. Returns when the address is bound and connections are accepted.
     *
     * @param request where and how to listen
     * @param handler who answers requests
     * @return the binding, which the caller closes
     * @throws IOException when the address cannot be bound; the message names it
     */
    ServerBinding bind(BindRequest request, ServerHandler handler) throws IOException;

    /**
     * Opens a connection, sends the request head, reads the response head and reports it. Returns at once; exactly one call
     * of the handler follows.
     *
     * @param request where to connect and what to ask
     * @param handler who judges the response
     */
    void connect(ConnectRequest request, ConnectHandler handler);

    /**
     * Ends every binding and connection that is left, and every thread. Idempotent; waits only for its own threads, and
     * never when called on one of them.
     */
    @Override
    void close();
}
