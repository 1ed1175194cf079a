package dev.ferrule.container.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent, oldest first. Mostly that is one entry or none, so that one has its place here: a broadcast to ten
 * thousand sessions fetches each object that it touches from memory, where a deque is two. For the same reason this is what a
 * {@link SendQueue} is, and not what it has.
 *
 * <p>Threading: guarded by the queue's monitor.
 */
class Waiting {
    private @Nullable Outbound oldest;
    private @Nullable Deque<Outbound> others;

    /** Adds an entry behind all others. */
    final void append(Outbound entry) {
        if (oldest == null) {
            oldest = entry;
            return;
        }
        if (others == null) {
            others = new ArrayDeque<>(0);
        }
        others.add(entry);
    }

    /** Takes the oldest entry, or answers null when there is none. */
    final @Nullable Outbound poll() {
        Outbound taken = oldest;
        if (taken != null) {
            oldest = others == null ? null : others.poll();
        }
        return taken;
    }

    /** How many there are. */
    final int waiting() {
        return oldest == null ? 0 : others == null ? 1 : 1 + others.size();
    }

    /** Shows all to somebody who changes nothing. */
    final void forEachWaiting(Consumer<Outbound> looksAtIt) {
        if (oldest != null) {
            looksAtIt.accept(oldest);
        }
        if (others != null) {
            others.forEach(looksAtIt);
        }
    }

    /**
     * Takes out unwanted entries, oldest first.
     *
     * @param goesOn asked before each; nobody looks further once it says no
     */
    final void removeWhile(BooleanSupplier goesOn, Predicate<Outbound> unwanted) {
        if (oldest == null || !goesOn.getAsBoolean()) {
            return;
        }
        boolean gone = unwanted.test(oldest);
        if (others != null) {
            Iterator<Outbound> rest = others.iterator();
            while (rest.hasNext() && goesOn.getAsBoolean()) {
                if (unwanted.test(rest.next())) {
                    rest.remove();
                }
            }
        }
        if (gone) {
            oldest = others == null ? null : others.poll();
        }
    }

    /** Takes out all, and adds them to a list in their order. */
    final void moveTo(List<Outbound> into) {
        forEachWaiting(into::add);
        oldest = null;
        others = null;
    }
}
