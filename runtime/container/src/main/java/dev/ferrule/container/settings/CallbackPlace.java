package dev.ferrule.container.settings;

/** Where callbacks of the application run; they may block in either place. */
public enum CallbackPlace {
    /** Handed to a thread for callbacks: a virtual one where the JDK has them, else one of a bounded pool. */
    OWN_THREAD,

    /**
     * On the event loop that read the message, when its poll is over, without a hand-over; when a callback takes long,
     * another thread goes on with the loop. Transports that have no such loops use a thread of its own.
     */
    EVENT_LOOP
}
