package dev.ferrule.container;

import dev.ferrule.container.session.ContainerServices;
import dev.ferrule.container.session.FerruleContainer;
import dev.ferrule.container.settings.Keys;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client's container: the defaults of its sessions, and what it has begun. Holds no thread of its own. */
final class FerruleClientContainer extends FerruleContainer implements FerruleClient {
    /** Sessions that do not answer a close frame are cut by their clock; so much later that has happened. */
    private static final long GRACE_MILLIS = 500;

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable afterwards;

    /** @param afterwards ends what only this container uses; called by the first {@link #close} */
    FerruleClientContainer(ContainerServices services, Connector connector, Runnable afterwards) {
        super(services, connector);
        this.afterwards = afterwards;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ongoing().close(services().settings().get(Keys.CLOSE_TIMEOUT).toMillis() + GRACE_MILLIS);
            afterwards.run();
        }
    }
}
