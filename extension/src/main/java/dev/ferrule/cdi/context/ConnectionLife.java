package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.websocket.Session;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
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
    private static final AtomicIntegerFieldUpdater<ConnectionLife> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(ConnectionLife.class, "holders");

    private static final int OVER = -1;

    private final ConnectionContexts contexts;
    private final OpeningHandshake handshake;
    private volatile @Nullable Session session;

    /** How many hold it; 0 while its beans are being destroyed, then {@link #OVER}. */
    private volatile int holders = 1;

    /** Made at the first use: most connections have none. */
    private volatile @Nullable Beans beans;

    /** The connection's beans and the lock that they are made under, which a bean may keep for long: no monitor. */
    private record Beans(ReentrantLock lock, InstanceStore store) {}

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

    /** To whom it belongs. */
    ConnectionContexts contexts() {
        return contexts;
    }

    /** Whether it belongs to these contexts and its beans still live. */
    boolean isActiveIn(ConnectionContexts owner) {
        return contexts == owner && holders != OVER;
    }

    @Override
    public void opened(Session opened) {
        session = opened;
    }

    @Override
    public void lasts() {
        handshake.compact();
    }

    @Override
    public CallbackScope.Activation enter(CallbackScope.Callback callback) {
        return enter();
    }

    /** Makes this the thread's connection, with a request unless there is one. */
    CallbackScope.Activation enter() {
        return Stay.in(this);
    }

    @Override
    public void end() {
        release();
    }

    /** Keeps the beans alive until {@link #release}; false when it is too late for that. */
    boolean hold() {
        return HOLDERS.getAndUpdate(this, count -> count > 0 ? count + 1 : count) > 0;
    }

    /** Lets go; the last one destroys the beans. */
    void release() {
        if (HOLDERS.decrementAndGet(this) > 0) {
            return;
        }
        if (contexts.events() == ConnectionEvents.NONE && lastBeans() == null) {
            return; // as most are: there is nothing to destroy, and nobody to be told
        }
        try (CallbackScope.Activation active = enter()) {
            contexts.events().beforeDestroyed(handshake);
            destroyBeans();
        } finally {
            holders = OVER;
        }
        contexts.events().destroyed(handshake);
    }

    /** The youngest first, each still visible to those younger than itself, and those that come about meanwhile, too. */
    private void destroyBeans() {
        Beans made = lastBeans();
        while (made != null) {
            InstanceStore.@Nullable Instance<?> next;
            made.lock().lock();
            try {
                next = made.store().takeYoungest();
                if (next == null) {
                    holders = OVER;
                    return;
                }
            } finally {
                made.lock().unlock();
            }
            next.destroy();
        }
    }

    <T> T get(Contextual<T> contextual, CreationalContext<T> context) {
        Beans made = beans();
        made.lock().lock();
        try {
            if (holders == OVER) {
                throw over();
            }
            return made.store().get(contextual, context);
        } finally {
            made.lock().unlock();
        }
    }

    <T> @Nullable T find(Contextual<T> contextual) {
        Beans made = beans;
        if (made == null) {
            return null;
        }
        made.lock().lock();
        try {
            return made.store().find(contextual);
        } finally {
            made.lock().unlock();
        }
    }

    void destroy(Contextual<?> contextual) {
        Beans made = beans;
        if (made == null) {
            return;
        }
        InstanceStore.@Nullable Instance<?> instance;
        made.lock().lock();
        try {
            instance = made.store().take(contextual);
        } finally {
            made.lock().unlock();
        }
        if (instance != null) {
            instance.destroy();
        }
    }

    private Beans beans() {
        Beans made = beans;
        return made == null ? makeBeans() : made;
    }

    private synchronized Beans makeBeans() {
        Beans made = beans;
        if (made == null) {
            if (holders == OVER) {
                throw over();
            }
            made = new Beans(new ReentrantLock(), new InstanceStore());
            beans = made;
        }
        return made;
    }

    /** The beans that are to be destroyed; null when there never were any: then there will be none, either. */
    private synchronized @Nullable Beans lastBeans() {
        if (beans == null) {
            holders = OVER;
        }
        return beans;
    }

    private static ContextNotActiveException over() {
        return new ContextNotActiveException("The WebSocket connection of this thread is over");
    }
}
