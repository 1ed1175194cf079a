package dev.ferrule.container.client;

import dev.ferrule.container.spi.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transport for all containers of {@code ContainerProvider}, which nobody ever closes: made for the first connection,
 * closed when there has been none for a while. Holds no class of an application.
 *
 * <p>Threading: any thread.
 */
public final class SharedTransport implements ClientConnector.TransportLease {
    /** How long it outlives the last connection: the next one often comes soon. */
    private static final long IDLE_SECONDS = 2;

    private final Supplier<Transport> maker;
    private @Nullable Transport transport;
    private int users;
    private long generation;

    /** A transport that is made when it is needed. */
    public SharedTransport(Supplier<Transport> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized Transport acquire() {
        Transport current = transport;
        if (current == null) {
            current = maker.get();
            transport = current;
        }
        users++;
        generation++;
        return current;
    }

    @Override
    public synchronized void release() {
        users--;
        if (users == 0) {
            long idleSince = generation;
            Delays.begin(() -> CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> closeIfIdle(idleSince)));
        }
    }

    private void closeIfIdle(long idleSince) {
        Transport idle;
        synchronized (this) {
            if (users > 0 || generation != idleSince || transport == null) {
                return;
            }
            idle = transport;
            transport = null;
        }
        idle.close();
    }
}
