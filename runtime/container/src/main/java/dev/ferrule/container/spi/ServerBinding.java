package dev.ferrule.container.spi;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A server's ear: an address at which connections are accepted until it is closed. */
public interface ServerBinding extends AutoCloseable {
    /** The address really bound, with the real port, or null where the transport has no addresses. */
    @Nullable
    InetSocketAddress address();

    /** Stops accepting connections and releases the address. Connections that are open stay open. Idempotent. */
    @Override
    void close();
}
