package dev.ferrule.container.session;

import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at all sessions in turn, a tenth of them at each of the container's beats, so that ten thousand quiet ones neither cost
 * much nor hold up the messages of others: each is looked at about once a second. Those with a timeout that is short for that, and
 * those that have ended and are still being written to, are looked at in every beat. So a timeout is late by at most a tenth of a second, or, from five seconds on, by little more than a
 * second.
 *
 * <p>Threading: {@link #beat} comes from one thread; the rest from any.
 */
final class Rounds {
    private static final int BEATS = 10;
    private static final long SHORT_MILLIS = 5_000;

    private final SessionRegistry registry;
    private final BoundedLog log;
    private final Set<FerruleSession> often = ConcurrentHashMap.newKeySet();

    /** Where the round stands: sees sessions that come and go meanwhile, or not. */
    private volatile Iterator<FerruleSession> round = Collections.emptyIterator();

    Rounds(SessionRegistry registry, BoundedLog log) {
        this.registry = registry;
        this.log = log;
    }

    /**
     * Something of a session may be over in so many milliseconds.
     *
     * @param millis 0 or less if never
     */
    void expect(FerruleSession session, long millis) {
        if (millis > 0 && millis < SHORT_MILLIS && !session.link().isOver()) {
            often.add(session);
        }
    }

    /**
     * A session has ended, but perhaps not all of what it sent is written, or not all called: that must not take for ever.
     *
     * @return whether it is to be looked at
     */
    boolean ending(FerruleSession session) {
        if (session.link().isGone()) {
            return false;
        }
        often.add(session);
        return true;
    }

    /**
     * Looks at those whose turn it is.
     *
     * @return whether there are sessions
     */
    boolean beat(long now) {
        often.removeIf(session -> session.link().isGone());
        often.forEach(session -> lookAt(session, now));
        Iterator<FerruleSession> rest = round;
        if (!rest.hasNext()) {
            rest = registry.iterator();
            round = rest;
        }
        for (int left = registry.size() / BEATS; left >= 0 && rest.hasNext(); left--) {
            lookAt(rest.next(), now);
        }
        return !registry.isEmpty() || !often.isEmpty();
    }

    /** Whatever goes wrong with one session, even that no thread can be had for it, the others have their turn. */
    private void lookAt(FerruleSession session, long now) {
        try {
            session.link().beat(now);
        } catch (Throwable failure) {
            log.warn("The timeouts of " + session + " could not be looked at: " + failure, now);
        }
    }

    /** There is no beat any more: lets go of the sessions that were to be looked at next. */
    void end() {
        often.clear();
        round = Collections.emptyIterator();
    }
}
