package dev.ferrule.engine;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The closing handshake (RFC 6455 §7.1) as one word of bits that are only ever set. Every method may be called by any
 * thread; what it answers tells the caller, and nobody else, what is to be done next. No I/O, no callback.
 *
 * <p>The connection is over when both close frames have passed, when input ended, when it failed, or when the peer's
 * close frame came and there is no output left for a reply. Exactly one call, of whichever method, answers
 * {@link Outcome#CONNECTION_OVER}.
 *
 * <table>
 *   <caption>What an event answers, by what has happened before; anything else answers {@code NOTHING_MORE}</caption>
 *   <tr><th>event</th><th>before</th><th>answer</th></tr>
 *   <tr><td>closeReceived</td><td>close sent, or output ended</td><td>CONNECTION_OVER</td></tr>
 *   <tr><td>closeReceived</td><td>no close queued or sent</td><td>SEND_CLOSE_REPLY</td></tr>
 *   <tr><td>closeSent</td><td>close received</td><td>CONNECTION_OVER</td></tr>
 *   <tr><td>closeSent</td><td>connection over</td><td>END_OUTPUT: it was a farewell, nobody will answer</td></tr>
 *   <tr><td>outputEnded</td><td>close received</td><td>CONNECTION_OVER</td></tr>
 *   <tr><td>inputEnded, failed</td><td>connection not over</td><td>CONNECTION_OVER</td></tr>
 * </table>
 */
public final class CloseHandshake {
    private static final int CLOSE_QUEUED = 1;
    private static final int CLOSE_SENT = 2;
    private static final int CLOSE_RECEIVED = 4;
    private static final int OUTPUT_ENDED = 8;
    private static final int INPUT_ENDED = 16;
    private static final int FAILED = 32;

    private static final AtomicIntegerFieldUpdater<CloseHandshake> BITS =
            AtomicIntegerFieldUpdater.newUpdater(CloseHandshake.class, "bits");

    private volatile int bits;

    /** A connection that is open. */
    public CloseHandshake() {}

    /** What the caller, and nobody else, has to do now. */
    public enum Outcome {
        /** Nothing, or somebody else does it. */
        NOTHING_MORE,
        /** Queue a close frame that answers the peer's. */
        SEND_CLOSE_REPLY,
        /** The close frame was a farewell: end the output. */
        END_OUTPUT,
        /** Report the end. Output that is still open is ended when a queued close frame has gone out. */
        CONNECTION_OVER
    }

    /** Whether the caller may queue the close frame: true for one caller, while somebody might read it. */
    public boolean queueClose() {
        int before = BITS.getAndUpdate(this, old -> mayQueueClose(old) ? old | CLOSE_QUEUED : old);
        return mayQueueClose(before);
    }

    /** The close frame has been encoded: no frame follows it. */
    public Outcome closeSent() {
        return set(CLOSE_SENT);
    }

    /** The peer's close frame has come: nothing after it counts. */
    public Outcome closeReceived() {
        return set(CLOSE_RECEIVED);
    }

    /** Nothing more can be written. */
    public Outcome outputEnded() {
        return set(OUTPUT_ENDED);
    }

    /** Nothing more will be read. */
    public Outcome inputEnded() {
        return set(INPUT_ENDED);
    }

    /** The connection failed, by a violation or in the transport (RFC 6455 §7.1.7). */
    public Outcome failed() {
        return set(FAILED);
    }

    /** Whether nothing of the end has happened yet. */
    public boolean isOpen() {
        return bits == 0;
    }

    /** Whether data may still be sent: no close frame is queued, and the peer is still there. */
    public boolean isOutputOpen() {
        return !has(bits, CLOSE_QUEUED | CLOSE_SENT | OUTPUT_ENDED | INPUT_ENDED | FAILED);
    }

    /** Whether {@link Outcome#CONNECTION_OVER} has been answered. */
    public boolean isOver() {
        return isOver(bits);
    }

    /** Whether both close frames have passed (RFC 6455 §7.1.4). */
    public boolean isClean() {
        int now = bits;
        return has(now, CLOSE_SENT) && has(now, CLOSE_RECEIVED);
    }

    private Outcome set(int event) {
        int old = BITS.getAndUpdate(this, before -> before | event);
        return outcome(old, event);
    }

    /** The table. */
    private static Outcome outcome(int old, int event) {
        if (has(old, event)) {
            return Outcome.NOTHING_MORE;
        }
        if (isOver(old)) {
            return event == CLOSE_SENT ? Outcome.END_OUTPUT : Outcome.NOTHING_MORE;
        }
        if (isOver(old | event)) {
            return Outcome.CONNECTION_OVER;
        }
        return event == CLOSE_RECEIVED && !has(old, CLOSE_QUEUED) ? Outcome.SEND_CLOSE_REPLY : Outcome.NOTHING_MORE;
    }

    private static boolean isOver(int bits) {
        return has(bits, INPUT_ENDED | FAILED) || has(bits, CLOSE_RECEIVED) && has(bits, CLOSE_SENT | OUTPUT_ENDED);
    }

    private static boolean mayQueueClose(int bits) {
        return !has(bits, CLOSE_QUEUED | CLOSE_SENT | OUTPUT_ENDED | INPUT_ENDED);
    }

    /** Whether any of these is set. */
    private static boolean has(int bits, int any) {
        return (bits & any) != 0;
    }
}
