package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.websocket.Session;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the beans that live as long as it does. It is over when the container has ended it and the last of those who
 * held it has let go.
 *
 * <p>Threading: any thread. A bean is made under the connection's lock, so that two threads of it get one instance; destroyed
 * under none.
 */
public final class ConnectionLife implements CallbackScope.Connection {
    private final ConnectionContexts contexts;
    private final OpeningHandshake handshake;
    private final InstanceStore beans = new InstanceStore();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile @Nullable Session session;
    private volatile boolean over;

    ConnectionLife(ConnectionContexts contexts, OpeningHandshake handshake) {
        this.contexts = contexts;
        this.handshake = handshake;
    }

    /** How the connection began. */
    public OpeningHandshake handshake() {
        return handshake;
    }

    /** The session, or null before there is one. */
    public @Nullable Session session() {
        return session;
    }

    /** Whether it belongs to these contexts and its beans still live. */
    boolean isActiveIn(ConnectionContexts owner) {
        return contexts == owner && !over;
    }

    @Override
    public void opened(Session opened) {
        session = opened;
    }

    @Override
    public CallbackScope.Activation enter(CallbackScope.Callback callback) {
        return enter();
    }

    /** Makes this the thread's connection, with a request unless there is one. */
    CallbackScope.Activation enter() {
        ConnectionLife outer = CurrentConnection.set(this);
        Runnable endRequest = contexts.requests().begin();
        return () -> {
            try {
                endRequest.run();
            } finally {
                CurrentConnection.set(outer);
            }
        };
    }

    @Override
    public void end() {
        release();
    }

    /** Keeps the beans alive until {@link #release}; false when it is too late for that. */
    boolean hold() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Lets go; the last one destroys the beans. */
    void release() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        try (CallbackScope.Activation active = enter()) {
            contexts.events().beforeDestroyed(handshake);
            destroyBeans();
        } finally {
            over = true;
        }
        contexts.events().destroyed(handshake);
    }

    /** The youngest first, each still visible to those younger than itself, and those that come about meanwhile, too. */
    private void destroyBeans() {
        while (true) {
            InstanceStore.@Nullable Instance<?> next;
            lock.lock();
            try {
                next = beans.takeYoungest();
                over = next == null;
            } finally {
                lock.unlock();
            }
            if (next == null) {
                return;
            }
            next.destroy();
        }
    }

    <T> T get(Contextual<T> contextual, CreationalContext<T> context) {
        lock.lock();
        try {
            if (over) {
                throw new ContextNotActiveException("The WebSocket connection of this thread is over");
            }
            return beans.get(contextual, context);
        } finally {
            lock.unlock();
        }
    }

    <T> @Nullable T find(Contextual<T> contextual) {
        lock.lock();
        try {
            return beans.find(contextual);
        } finally {
            lock.unlock();
        }
    }

    void destroy(Contextual<?> contextual) {
        InstanceStore.@Nullable Instance<?> instance;
        lock.lock();
        try {
            instance = beans.take(contextual);
        } finally {
            lock.unlock();
        }
        if (instance != null) {
            instance.destroy();
        }
    }
}
