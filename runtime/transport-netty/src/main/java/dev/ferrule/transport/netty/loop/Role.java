package dev.ferrule.transport.netty.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one word that says who has a role: nobody yet, a holder, a holder who offers it while he does something else, or nobody
 * any more. What belongs to the role is confined to who has it and needs no other synchronization: each step by which the
 * role leaves somebody is a release, and each by which somebody gets it an acquire.
 *
 * <pre>
 * from                 to            by whom               how
 * nobody yet           holder        anybody               {@link #begin}
 * holder               his offer     the holder            {@link #offer}
 * his offer            holder        who made the offer    {@link #takeBack}
 * his offer            new holder    anybody               {@link #take}
 * holder               new holder    the holder            {@link #pass}
 * holder               for ever over the holder            {@link #end}
 * </pre>
 *
 * <p>Each holder has one offer for all his life. That he makes the same one twice does no harm: it only says "I am not using
 * the role just now", and that is as true of the second time as of the first for whoever took his time to take it.
 *
 * <p>Threading: any thread calls everything, except for what belongs to the holder.
 *
 * @param <T> those who may have the role, told apart by identity
 */
final class Role<T> {
    private static final Object OVER = new Object();

    /** A holder, his {@link Offer}, null before the first, or {@link #OVER}. */
    private final AtomicReference<@Nullable Object> word = new AtomicReference<>();

    /** What a holder leaves in his place while he does something else. */
    static final class Offer<T> {
        private final T by;

        Offer(T by) {
            this.by = by;
        }

        /** Who made it. */
        T by() {
            return by;
        }
    }

    /** Whether somebody has the role and does not offer it. */
    boolean isHeldBy(Object somebody) {
        return word.get() == somebody;
    }

    /** Whether nobody has had the role yet. */
    boolean isNew() {
        return word.get() == null;
    }

    /** Whether anybody has the role and does not offer it. */
    boolean isHeld() {
        Object current = word.get();
        return current != null && current != OVER && !(current instanceof Offer);
    }

    /** The offer that stands, or null. */
    @Nullable
    @SuppressWarnings("unchecked") // offers are made by offer() only
    Offer<T> offered() {
        return word.get() instanceof Offer<?> offer ? (Offer<T>) offer : null;
    }

    /** Makes somebody the first holder; false when there has been one. */
    boolean begin(T first) {
        return word.compareAndSet(null, first);
    }

    /** For the holder: from now on anybody may take the role. */
    void offer(Offer<T> own) {
        word.setRelease(own);
    }

    /** For who has offered: has the role again, or, when this is false, has lost it. */
    boolean takeBack(Offer<T> own) {
        return word.compareAndSet(own, own.by);
    }

    /** Makes somebody the holder if an offer stands. */
    boolean take(Offer<T> offer, T taker) {
        return word.compareAndSet(offer, taker);
    }

    /** For the holder: somebody else has the role, and will learn of it elsewhere. */
    void pass(T next) {
        word.setRelease(next);
    }

    /** For the holder: nobody has the role ever again. */
    void end() {
        word.set(OVER);
    }
}
