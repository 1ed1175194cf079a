package dev.ferrule.container.send;

import dev.ferrule.container.settings.OverflowPolicy;
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.OutboundHalf;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.frame.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a session sends, in one order, bounded in bytes.
 *
 * <p>Order: data goes out as it was offered; a message in parts keeps other data back until its last part, and that does not
 * count against its parts; pings and pongs overtake data that is not yet encoded, but never split a frame; of automatic pongs at
 * most one waits, the newest; behind a close nothing is accepted.
 *
 * <p>Threading: any thread offers; the monitor protects links and counters, and nothing of the application's runs under it, nor
 * does anybody wait there, which would pin a virtual thread. One {@link Drain} takes, on the connection's writer.
 */
public final class SendQueue extends PartsOrder {
    /** One write gathers about this much: a few system calls a megabyte, without keeping control frames waiting. */
    static final int BATCH_BYTES = 64 << 10;

    /** Room for this many entries is made at once, where so many wait: what a peer sends ahead in one read is seldom more. */
    private static final int USUAL_BATCH = 64;

    private final SendLimits limits;
    private final SendBudget budget;
    private final SendOwner owner;
    private final Drain drain;

    // Null while there are none, as nearly always: an idle session holds no memory for them.
    private @Nullable CountDownLatch room;
    private @Nullable Queue<Outbound> control;

    private Outbound.@Nullable Control automaticPong;
    private long queuedBytes;

    /** What the writer has taken and the socket has not accepted yet. */
    private List<Outbound> underWay = List.of();

    private boolean closed;
    private boolean over;

    /** Whether senders that may wait have to: whoever may go on, as nearly always, learns it without the monitor. */
    private volatile boolean crowded;

    /** Whether a send ever had a time limit: most sessions have none, and need not be searched for late ones. */
    private volatile boolean timed;

    /** A queue in front of a connection that is open. */
    public SendQueue(
            TransportConnection connection,
            OutboundHalf outbound,
            SendLimits limits,
            SendBudget budget,
            SendOwner owner) {
        this.limits = limits;
        this.budget = budget;
        this.owner = owner;
        this.drain = new Drain(this, connection, outbound, owner);
    }

    /** The drainer, which the connection tells of written bytes. */
    public Drain drain() {
        return drain;
    }

    /**
     * Accepts a message or a part, or completes it with the reason why not.
     *
     * @param flush whether to write soon; false leaves it for a later flush
     */
    void offer(Outbound.Data message, boolean flush) {
        owner.active();
        int cost = message.cost();
        IOException refused = null;
        List<Outbound> dropped = List.of();
        boolean overflows = false;
        synchronized (this) {
            if (closed) {
                refused = refusal();
            } else if (isFull(before(message.message()), cost)) {
                if (limits.policy() == OverflowPolicy.DROP_OLDEST) {
                    dropped = dropOldest(message, cost);
                }
                if (isFull(before(message.message()), cost)) {
                    refused = full(cost);
                    overflows = limits.policy() == OverflowPolicy.CLOSE || hasBegun(message.message());
                }
            }
            if (refused == null) {
                account(cost);
                admit(message, Thread.currentThread());
            }
        }
        if (!dropped.isEmpty()) {
            IOException why = new IOException("Dropped: " + full(cost).getMessage());
            dropped.forEach(old -> old.completion().failed(why));
        }
        if (refused != null) {
            message.completion().failed(refused);
            if (overflows) {
                owner.overflow();
            }
        } else if (flush) {
            drain.schedule();
        }
    }

    /** Accepts a ping or a pong of the application. */
    void offer(Outbound.Control frame) {
        IOException refused;
        synchronized (this) {
            refused = closed ? refusal() : isFull(queuedBytes, frame.cost()) ? full(frame.cost()) : null;
            if (refused == null) {
                add(frame);
            }
        }
        if (refused != null) {
            frame.completion().failed(refused);
        } else {
            drain.schedule();
        }
    }

    /** Accepts a mark that completes when everything before it has been written. */
    void offer(Outbound.FlushMark mark) {
        IOException refused;
        synchronized (this) {
            refused = closed ? refusal() : null;
            if (refused == null) {
                admitMark(mark, Thread.currentThread());
            }
        }
        if (refused != null) {
            mark.completion().failed(refused);
        } else {
            drain.schedule();
        }
    }

    /** Answers a ping of the peer; a pong that still waits is replaced (RFC 6455 §5.5.3). */
    public void pong(ByteBuffer payload) {
        synchronized (this) {
            if (closed) {
                return;
            }
            Outbound.Control replaced = automaticPong;
            automaticPong = new Outbound.Control(Opcode.PONG, payload, SendCompletion.ignored());
            account(automaticPong.cost() - (replaced == null ? 0 : replaced.cost()));
        }
        drain.schedule();
    }

    /**
     * Sends a ping of ours, which is no activity of the session. It is not refused: a peer is not dead because others are slow.
     * The next one comes when this one has been answered.
     */
    public void ping(ByteBuffer payload) {
        synchronized (this) {
            if (closed) {
                return;
            }
            add(new Outbound.Control(Opcode.PING, payload, SendCompletion.ignored()));
        }
        drain.schedule();
    }

    private void add(Outbound.Control frame) {
        account(frame.cost());
        if (control == null) {
            control = new ArrayDeque<>(2);
        }
        control.add(frame);
    }

    /**
     * Queues the close frame; behind it nothing is accepted.
     *
     * @param payload what the frame says
     * @param discard whether what waits is failed instead of sent before it: the answer to a violation
     */
    public void close(ClosePayload payload, boolean discard) {
        List<Outbound> discarded = new ArrayList<>(0);
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (discard) {
                takeAll(discarded);
            }
            // Parts whose last one never came end here: what they held back can no longer go out.
            takeHeldBack(discarded);
            discarded.forEach(lost -> account(-lost.cost()));
            append(new Outbound.Close(payload, SendCompletion.ignored()));
            crowded = false;
            signalRoom();
        }
        fail(discarded);
        drain.schedule();
    }

    /** The connection is over: everything that waits, or is being written, fails. Idempotent. */
    public void fail() {
        List<Outbound> failed = new ArrayList<>(0);
        synchronized (this) {
            closed = true;
            over = true;
            account(-queuedBytes);
            takeAll(failed);
            takeHeldBack(failed);
            failed.addAll(underWay);
            underWay = List.of();
            automaticPong = null;
            signalRoom();
        }
        fail(failed);
    }

    /** Most connections end with nothing to fail: only those that lose something pay for a reason with a stack trace. */
    private void fail(List<Outbound> lost) {
        if (!lost.isEmpty()) {
            IOException reason = refusal();
            lost.forEach(item -> item.completion().failed(reason));
        }
    }

    /** Why nothing is accepted any more. */
    IOException refusal() {
        return new IOException(owner.whyClosed());
    }

    /**
     * Waits while more than the high-water mark is queued: what senders that may block do before they offer.
     *
     * @param message the message that is to begin or to go on with a part, or null
     * @param deadline until when, by {@link System#nanoTime()}, or {@link Long#MAX_VALUE} for as long as it takes
     * @throws IOException when the session closes meanwhile, or the deadline passes
     */
    void awaitRoom(@Nullable Object message, long deadline) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (hasRoom()) {
            return;
        }
        int most = limits.highBytes();
        for (CountDownLatch full = roomOver(most, message); full != null; full = roomOver(most, message)) {
            if (deadline == Long.MAX_VALUE) {
                full.await();
            } else if (!full.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw tooLate();
            }
            most = limits.lowBytes();
        }
    }

    /** Opens when there may be room again; null when no more than so many bytes are before a part of the message. */
    private synchronized @Nullable CountDownLatch roomOver(int bytes, @Nullable Object message) throws IOException {
        if (closed) {
            throw refusal();
        }
        boolean over = before(message) > bytes;
        if (over && room == null) {
            room = new CountDownLatch(1);
        }
        return over ? room : null;
    }

    private IOException tooLate() {
        return new IOException("The send on the session " + owner.describe() + " timed out");
    }

    /** Whether {@link #awaitRoom} would return at once; so it does when the session is closed, where every offer is refused. */
    boolean hasRoom() {
        return !crowded;
    }

    /** Whether nothing waits or is being written. */
    synchronized boolean isEmpty() {
        return queuedBytes == 0;
    }

    /** The application sends a control frame. */
    void active() {
        owner.active();
    }

    /** Whether a message may be compressed that is sent now. */
    boolean mayCompress() {
        return owner.mayCompress();
    }

    /** What a callback returned was not written, as it turns out now. */
    void returnedIsLost(Throwable failure) {
        owner.returnedIsLost(failure);
    }

    /** Runs result handlers. */
    Executor callbacks() {
        return owner;
    }

    /** What a full queue does. */
    OverflowPolicy policy() {
        return limits.policy();
    }

    /** Writes what was left for later. */
    void flush() {
        drain.schedule();
    }

    /** Bytes that wait or are being written. */
    public synchronized long queuedBytes() {
        return queuedBytes;
    }

    /** The time of a send that is to be offered begins. */
    void limitTime(SendCompletion completion, long millis) {
        long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(millis), Long.MAX_VALUE / 2); // a sum must not overflow
        completion.timeOutAt(System.nanoTime() + nanos);
        timed = true;
        owner.expect(millis);
    }

    /**
     * Fails sends whose time is over.
     *
     * @return whether there was one
     */
    public boolean timeOut(long now) {
        if (!timed || isEmpty()) {
            return false;
        }
        List<Outbound> late = new ArrayList<>();
        synchronized (this) {
            Consumer<Outbound> noted = item -> {
                if (item.completion().isLate(now)) {
                    late.add(item);
                }
            };
            forEachWaiting(noted);
            forEachHeldBack(noted);
            underWay.stream()
                    .filter(item ->
                            item.completion().isLate(now) && !item.completion().isSettled())
                    .forEach(late::add);
        }
        if (!late.isEmpty()) {
            IOException reason = tooLate();
            late.forEach(item -> item.completion().failed(reason));
        }
        return !late.isEmpty();
    }

    /** Whether this thread began a message in parts, so that waiting for its end would wait for itself. */
    synchronized boolean isInPartsByThisThread(@Nullable Object message) {
        return isInPartsBy(Thread.currentThread(), message);
    }

    /**
     * Takes what goes out next, together: about {@link #BATCH_BYTES}. It is under way until {@link #written} or {@link #fail}.
     * On the writer, when nothing is under way.
     */
    synchronized List<Outbound> take() {
        ArrayList<Outbound> batch = new ArrayList<>(Math.min(waiting(), USUAL_BATCH) + 1);
        underWay = batch;
        for (int bytes = 0; bytes < BATCH_BYTES; ) {
            batch.ensureCapacity(batch.size() + 1); // what is taken out must have a place
            Outbound next = next();
            if (next == null) {
                break;
            }
            int cost = next.cost();
            if (isDropped(next)) {
                left(cost);
            } else {
                batch.add(next);
                bytes += cost;
            }
        }
        return batch;
    }

    private @Nullable Outbound next() {
        if (automaticPong != null) {
            Outbound pong = automaticPong;
            automaticPong = null;
            return pong;
        }
        if (control == null) {
            return poll();
        }
        Outbound frame = control.poll();
        if (control.isEmpty()) {
            control = null;
        }
        return frame;
    }

    /** Timed out while it waited, or dropped. A part must go all the same, or its message would never end. */
    private static boolean isDropped(Outbound next) {
        return next.completion().isSettled() && !(next instanceof Outbound.Data part && part.message() != null);
    }

    /**
     * The socket has accepted what was under way. On the writer.
     *
     * @param took whether that took its time: data that moved until now shows that the session is not idle
     */
    void written(boolean took) {
        List<Outbound> done;
        boolean more;
        synchronized (this) {
            done = underWay;
            underWay = List.of();
            long bytes = 0;
            for (Outbound item : done) {
                bytes += item.cost();
            }
            left(bytes);
            more = automaticPong != null || control != null || waiting() > 0;
        }
        for (Outbound item : done) {
            item.completion().written();
            if (took && item instanceof Outbound.Data) {
                owner.active();
            }
        }
        if (more) {
            // Through the executor: a transport that completes writes at once must not recurse.
            drain.schedule();
        }
    }

    private void left(long bytes) {
        if (!over) {
            account(-bytes);
        }
        if (beforeTheEndOfParts() <= limits.lowBytes()) {
            signalRoom();
        }
    }

    /** The bytes that go out before a part of this message would, or before a whole message. */
    private long before(@Nullable Object message) {
        return goesOn(message) ? beforeTheEndOfParts() : queuedBytes;
    }

    /** What is held back waits for the last part: that one must not wait for it. */
    private long beforeTheEndOfParts() {
        return queuedBytes - heldBackBytes();
    }

    private void account(long bytes) {
        queuedBytes += bytes;
        budget.add(bytes);
        boolean full = queuedBytes > limits.highBytes() && !closed;
        if (full != crowded) {
            crowded = full;
        }
    }

    private boolean isFull(long before, int cost) {
        return (before > 0 && before + cost > limits.capBytes()) || !budget.allows(cost);
    }

    private IOException full(int cost) {
        if (!budget.allows(cost)) {
            return new IOException(
                    "All sessions together have " + budget.heldBytes() + " bytes waiting for their peers; "
                            + cost + " more, for the session " + owner.describe() + ", would exceed the budget of "
                            + budget.most() + " (ferrule.send.budget)");
        }
        return new IOException(
                "The session " + owner.describe() + " has " + queuedBytes + " bytes waiting for its peer; " + cost
                        + " more would exceed the cap of " + limits.capBytes() + " (ferrule.send.cap)");
    }

    private List<Outbound> dropOldest(Outbound.Data message, int cost) {
        List<Outbound> dropped = new ArrayList<>();
        removeWhile(() -> isFull(before(message.message()), cost), item -> {
            boolean goes = item instanceof Outbound.Data old && old.message() == null;
            if (goes) {
                account(-item.cost());
                dropped.add(item);
            }
            return goes;
        });
        return dropped;
    }

    private void takeAll(List<Outbound> into) {
        if (control != null) {
            into.addAll(control);
            control = null;
        }
        moveTo(into);
    }

    private void signalRoom() {
        if (room != null) {
            room.countDown();
            room = null;
        }
    }
}
