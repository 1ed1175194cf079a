package dev.ferrule.cdi.observe;

import jakarta.enterprise.inject.spi.ObserverMethod;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the application observes, learnt while it is deployed: nothing else is ever fired.
 *
 * <p>Threading: observers may be seen on several threads at once; asked afterwards, on any thread.
 */
public final class Observers {
    private final Set<Occasion> observed = EnumSet.noneOf(Occasion.class);
    private final Set<Occasion> observedLater = EnumSet.noneOf(Occasion.class);

    /** Nobody observes anything yet. */
    public Observers() {}

    /** There is an observer. */
    public synchronized void see(ObserverMethod<?> observer) {
        for (Occasion occasion : Occasion.values()) {
            if (occasion.mayNotify(observer)) {
                (observer.isAsync() ? observedLater : observed).add(occasion);
            }
        }
    }

    /** Whether there are synchronous observers. */
    boolean has(Occasion occasion) {
        return observed.contains(occasion);
    }

    /** Whether there are asynchronous observers. */
    boolean hasLater(Occasion occasion) {
        return observedLater.contains(occasion);
    }

    boolean hasAny(Occasion occasion) {
        return has(occasion) || hasLater(occasion);
    }
}
