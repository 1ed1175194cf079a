package dev.ferrule.container.session;

import dev.ferrule.container.endpoint.MessageShape.Kind;
import dev.ferrule.container.receive.Dispatcher;
import dev.ferrule.container.receive.MessageSink;
import dev.ferrule.container.send.SendOwner;
import dev.ferrule.container.send.SendQueue;
import dev.ferrule.container.send.Sender;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.spi.ConnectionListener;
import dev.ferrule.container.spi.TransportConnection;
import dev.ferrule.engine.CloseHandshake.Outcome;
import dev.ferrule.engine.InboundHalf;
import dev.ferrule.engine.InboundHandler;
import dev.ferrule.engine.ProtocolEngine;
import dev.ferrule.engine.api.ProtocolViolation;
import dev.ferrule.engine.api.Role;
import dev.ferrule.engine.close.CloseCodes;
import dev.ferrule.engine.close.ClosePayload;
import dev.ferrule.engine.extension.FrameTransform;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.SessionException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The life of one session between its transport, its engine and its callbacks: the only class that knows all three.
 *
 * <p>Threading: {@link ConnectionListener} and {@link InboundHandler} come from the reader; callbacks run one at a time on
 * callback threads; {@link #beat} comes from the container's clock; {@link #close} from anywhere. They meet in the engine's
 * closing handshake, whose answers say who acts, and in {@link #over}, which happens once.
 */
final class SessionLink extends Receiving implements ConnectionListener, Dispatcher.Owner, SendOwner {
    private static final Logger LOG = System.getLogger(SessionLink.class.getName());

    /** What stands for all {@code onOpen} that have returned. */
    private static final CompletableFuture<Void> OPEN_RETURNED = CompletableFuture.completedFuture(null);

    /**
     * How long bytes are still read, and dropped, after a violation was answered: a socket that is closed with unread bytes
     * is reset, and the peer might never see the close frame.
     */
    private static final Duration LINGER = Duration.ofMillis(300);

    private final SessionEndpoint endpoint;
    private final ContainerServices services;
    private final Role role;

    /** Whether extensions see what is sent. */
    private final boolean extended;

    private final ProtocolEngine engine;
    private final InboundHalf inbound;
    private final Dispatcher dispatcher;
    private final KeepAlive keepAlive;

    /** Null until the transport has opened. */
    private volatile @Nullable Sender sender;

    private volatile boolean opened;
    private volatile CompletableFuture<Void> openReturned = new CompletableFuture<>();

    /** Both are for the clock, and written when they change only: else each read would wait for all that was written before. */
    private volatile boolean heard;

    private volatile boolean demandWithdrawn;

    /** A close frame is on its way that answers the peer's, or a violation: the last thing to be sent. */
    private volatile boolean farewell;

    private volatile boolean farewellSent;
    private volatile boolean eof;

    /** Whether the clock has seen it; confined to the clock. */
    private boolean lasts;

    /** For {@code onOpen}; null from when that is called. */
    private volatile @Nullable EndpointConfig config;

    SessionLink(
            FerruleSession session,
            SessionEndpoint endpoint,
            ContainerServices services,
            EndpointConfig config,
            Role role,
            List<FrameTransform> transforms) {
        super(session, endpoint.logical().sinks());
        this.endpoint = endpoint;
        this.services = services;
        this.role = role;
        this.extended = !transforms.isEmpty();
        this.config = config;
        this.engine = new ProtocolEngine(role, endpoint.logical().frames(), transforms, this);
        this.inbound = engine.inbound();
        this.dispatcher = new Dispatcher(services.callbacks(), this);
        this.keepAlive = new KeepAlive(endpoint.logical().pings());
        services.expected();
    }

    CallbackRunner runner() {
        return services.runner();
    }

    SessionEndpoint endpoint() {
        return endpoint;
    }

    /** What sends on this session, once the transport has opened. */
    Sender sender() {
        Sender open = sender;
        if (open == null) {
            throw new IllegalStateException("The session " + session.getId() + " is not connected yet");
        }
        return open;
    }

    // The transport's calls

    @Override
    public void onOpen(TransportConnection connection) {
        SendQueue queue =
                new SendQueue(connection, engine.outbound(), endpoint.logical().queue(), services.sendBudget(), this);
        sender = new Sender(session, queue, endpoint.coders(), endpoint.scope(), connection, services.texts());
        keepAlive.start(System.nanoTime());
        if (role == Role.SERVER && !runner().hasOpen(this)) {
            open(); // which calls nobody then, and needs no callback thread
        } else {
            submit(() -> {
                open();
                connection.resumeReading();
            });
        }
    }

    @Override
    public boolean onBytes(ByteBuffer bytes) {
        if (!opened) {
            // Messages wait for onOpen to return (WSC-5.1-3), where handlers may still be added.
            return false;
        }
        if (isOver()) {
            bytes.position(bytes.limit()); // behind onClose comes nothing
            return true;
        }
        if (!heard) {
            heard = true;
        }
        inbound.renewDemand();
        boolean goOn = inbound.receive(bytes);
        boolean withdrawn = !goOn;
        if (demandWithdrawn != withdrawn) {
            demandWithdrawn = withdrawn;
        }
        return goOn;
    }

    @Override
    public void onWritten(long total) {
        sender().queue().drain().onWritten(total);
    }

    @Override
    public void onEof() {
        eof = true;
        if (farewell && !farewellSent) {
            // A peer that sent its close frame and ended its output still gets the answer.
            return;
        }
        if (inbound.receiveEof() == Outcome.CONNECTION_OVER || engine.closing().isOver()) {
            over(ClosePayloads.abnormal("The peer ended the connection without a close frame"), false);
        }
    }

    @Override
    public void onFailure(IOException cause) {
        breaks();
        engine.closing().failed();
        if (sender == null) {
            neverOpened(cause);
        } else {
            over(ClosePayloads.abnormal("The connection broke: " + cause.getMessage()), true);
        }
    }

    // The engine's calls

    @Override
    public void onPing(ByteBuffer payload) {
        if (!KeepAlive.isAutomatic(payload)) {
            session.active();
        }
        sender().queue().pong(payload);
    }

    @Override
    public void onPong(ByteBuffer payload) {
        if (!KeepAlive.isAutomatic(payload)) {
            deliver(Kind.PONG, payload, payload.remaining());
        }
    }

    @Override
    public void onClose(ClosePayload payload, Outcome outcome) {
        CloseReason said = ClosePayloads.reasonOf(payload);
        settle(said);
        if (outcome == Outcome.SEND_CLOSE_REPLY && engine.closing().queueClose()) {
            sayFarewell(payload.code(), false);
        } else if (outcome == Outcome.CONNECTION_OVER) {
            over(said, false);
        }
    }

    @Override
    public void onViolation(ProtocolViolation violation, Outcome outcome) {
        CloseReason why = new CloseReason(CloseReason.CloseCodes.getCloseCode(violation.closeCode()), null);
        if (!settle(why)) {
            over(why, false);
            return;
        }
        LOG.log(Level.DEBUG, () -> "Session " + session.getId() + " violated the protocol: " + violation.getMessage());
        submit(() -> runner().fail(this, new SessionException(violation.getMessage(), violation, session)));
        if (engine.closing().queueClose()) {
            sayFarewell(violation.closeCode(), true);
        } else {
            over(why, false);
        }
    }

    private void sayFarewell(int code, boolean discard) {
        farewell = true;
        endWithin(endpoint.settings().get(Keys.CLOSE_TIMEOUT));
        sender().queue().close(new ClosePayload(code, ""), discard);
    }

    // The queue's calls

    @Override
    public String describe() {
        return session.getId() + " of " + endpoint.name();
    }

    @Override
    public String whyClosed() {
        return "The session " + describe() + " is closed" + (isOver() ? ": " + finalReason() : "");
    }

    @Override
    public void active() {
        session.active();
    }

    @Override
    public void expect(long millis) {
        services.expect(session, millis);
    }

    @Override
    public boolean mayCompress() {
        // Without extensions nobody asks further: the user properties are not fetched from memory for it then.
        return extended && session.mayCompress();
    }

    @Override
    public void overflow() {
        close(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "Too much is waiting to be read"));
    }

    @Override
    public void closeFrameSent(Outcome outcome) {
        farewellSent = true;
        if (outcome == Outcome.CONNECTION_OVER || (outcome == Outcome.END_OUTPUT && eof)) {
            over(ClosePayloads.abnormal("The connection ended"), false);
        } else if (outcome == Outcome.END_OUTPUT) {
            endWithin(LINGER);
        } else {
            endWithin(endpoint.settings().get(Keys.CLOSE_TIMEOUT));
        }
    }

    @Override
    public void sendingFailed(Throwable cause) {
        breakOff("A frame could not be encoded or written", cause);
    }

    // The application's and the container's calls

    /** Closes because the application or the container asks for it. */
    void closeHere(CloseReason wanted) {
        if (sender == null) {
            // The transport is about to open, on its own thread: there is nothing to close yet.
            openReturned.thenRun(() -> closeHere(wanted));
            return;
        }
        if (engine.closing().isOpen() && !isOver()) {
            endsHere();
        }
        close(wanted);
    }

    /** Closes as the application wishes: the close frame goes behind what is queued; the second call does nothing. */
    void close(CloseReason wanted) {
        if (!engine.closing().queueClose()) {
            return;
        }
        settle(wanted);
        endWithin(endpoint.settings().get(Keys.CLOSE_TIMEOUT));
        if (wanted.getCloseCode().getCode() == CloseCodes.ABNORMAL) {
            cut("Closed abnormally by the application");
        } else {
            sender().queue().close(ClosePayloads.payloadOf(wanted), false);
        }
    }

    /** Ends the session without a word to the peer. */
    void cut(String why) {
        engine.closing().failed();
        over(ClosePayloads.abnormal(why), true);
    }

    /** The container's clock: whatever has taken too long ends here, and what there was no thread for goes on. */
    void beat(long now) {
        try {
            lookAtTimeouts(now);
        } finally {
            dispatcher.goOn();
        }
    }

    private void lookAtTimeouts(long now) {
        Sender open = sender;
        if (open == null) {
            return;
        }
        Settings settings = endpoint.settings();
        long stalledSince = open.queue().drain().stalledSince();
        boolean stalled = stalledSince != 0
                && now - stalledSince > settings.get(Keys.WRITE_STALL_TIMEOUT).toNanos();
        if (isOver()) {
            if (stalled && !isBroken()) {
                breaks();
                open.connection().abort(); // of what was left to write when the session ended
            }
            return;
        }
        if (!lasts) {
            lasts = true;
            endpoint.scope().lasts();
        }
        if (isDue(now) && !isStillSending(open.queue(), now, stalledSince)) {
            over(
                    ClosePayloads.abnormal("The peer did not answer the close frame in time"),
                    stalledSince != 0 || !engine.closing().isOver());
        } else if (stalled) {
            cut("The peer has read nothing for "
                    + settings.get(Keys.WRITE_STALL_TIMEOUT).toMillis() + " ms");
        } else if (open.queue().timeOut(now)) {
            cut("A send timed out");
        } else if (stalledSince == 0 && session.isIdle(now)) {
            idle();
        } else if (opened && engine.closing().isOpen()) {
            boolean alive = heard;
            if (alive) {
                heard = false; // else what arrives meanwhile would be forgotten
            }
            // A ping waits behind the write under way, whose progress shows that the peer lives.
            switch (keepAlive.beat(now, alive, demandWithdrawn || stalledSince != 0)) {
                case PING -> open.queue().ping(keepAlive.payload());
                case DEAD ->
                    cut("The peer answered no ping for "
                            + settings.get(Keys.PING_TIMEOUT).toMillis() + " ms");
                case NOTHING -> {}
            }
        }
    }

    /** The close frame waits behind what the peer still reads. A peer that broke the rules need not get the rest. */
    private boolean isStillSending(SendQueue queue, long now, long stalledSince) {
        if (engine.closing().isOver()) {
            return false;
        }
        return stalledSince == 0
                ? queue.queuedBytes() > 0 // one write is done, and the next is about to begin
                : now - stalledSince
                        < endpoint.settings().get(Keys.CLOSE_TIMEOUT).toNanos();
    }

    /** Idle for too long: a polite end on the wire, an abnormal one here (§2.1.5). */
    private void idle() {
        if (engine.closing().queueClose()) {
            String why = "Idle for more than " + session.getMaxIdleTimeout() + " ms";
            settle(ClosePayloads.abnormal(why));
            endWithin(endpoint.settings().get(Keys.CLOSE_TIMEOUT));
            sender().queue().close(new ClosePayload(CloseCodes.NORMAL, why), false);
        }
    }

    // Callbacks

    private void open() {
        services.begun(session);
        endpoint.scope().opened(session);
        EndpointConfig own = Objects.requireNonNull(config);
        config = null;
        if (!runner().open(this, own)) {
            close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, null));
        }
        opened = true;
        openReturned.complete(null);
        openReturned = OPEN_RETURNED;
    }

    /** Completes when {@code onOpen} has returned, exceptionally when there never was a connection. */
    CompletionStage<Void> opened() {
        return openReturned;
    }

    /** Whether the clock need not look at the session again: it has ended, and nothing is left to call or to write. */
    boolean isGone() {
        Sender open = sender;
        return isOver()
                && dispatcher.isQuiet()
                && (isBroken() || open == null || open.queue().drain().stalledSince() == 0);
    }

    @Override
    public void returnedIsLost(Throwable failure) {
        if (!isOver()) {
            submit(() -> runner().fail(this, failure));
        }
    }

    @Override
    void enqueue(Kind kind, @Nullable MessageSink sink, Object content, int bytes, boolean last) {
        if (submit(new Arrival(this, kind, sink, content, bytes, last))) {
            inbound.withdrawDemand();
        }
    }

    /** The end, once: nothing more is sent, callbacks that wait still run, then {@code onClose}. */
    private void over(CloseReason fallback, boolean abort) {
        if (!becomesOver()) {
            return;
        }
        settle(fallback);
        Sender open = sender();
        open.queue().fail();
        if (abort) {
            breaks();
            open.connection().abort();
        } else {
            // The server closes first (RFC 6455 §7.1.1), and at once when both close frames have passed.
            open.connection().finish(role == Role.SERVER && engine.closing().isClean());
        }
        engine.close();
        services.ending(session);
        try {
            submit(Dispatcher.Task.last(this::closed));
        } finally {
            services.lookAfter(session);
        }
    }

    private void closed() {
        try {
            if (config == null) { // else onOpen was never called, for want of memory perhaps
                runner().close(this, finalReason());
            }
        } finally {
            released();
        }
    }

    private void released() {
        try {
            runner().release(this);
        } finally {
            services.ended();
        }
    }

    /** Nobody knows what of it was done: the session cannot go on. */
    @Override
    public void taskFailed(Throwable failure) {
        openReturned.completeExceptionally(failure);
        breakOff("A callback could not be run", failure);
    }

    private void breakOff(String what, Throwable failure) {
        try {
            LOG.log(Level.WARNING, what + ", which ends the session " + describe(), failure);
        } catch (Throwable unwritten) {
            // Where memory is short there may be none for the log.
        }
        cut(what + ": " + failure);
    }

    /** The upgrade failed after the endpoint was made: it never learns of a session, but is released. */
    private void neverOpened(IOException cause) {
        if (becomesOver()) {
            engine.close();
            try {
                services.callbacks().execute(this::released);
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                released();
            }
            openReturned.completeExceptionally(cause);
        }
    }

    @Override
    public Object kindOfCallbacks() {
        return endpoint.name();
    }

    @Override
    public void renewDemand() {
        Sender open = sender;
        if (open != null) {
            open.connection().resumeReading();
        }
    }

    private void endWithin(Duration time) {
        endsWithin(time);
        services.expect(session, time.toMillis());
    }

    /** Runs application code that is not in the session's order, such as a send's result handler. */
    @Override
    public void execute(Runnable work) {
        try {
            services.callbacks().execute(() -> runner().quietly(this, "a result handler", work::run));
        } catch (RejectedExecutionException | OutOfMemoryError lost) {
            LOG.log(Level.DEBUG, () -> "Session " + describe() + ": a result handler is not called: " + lost);
        }
    }

    private void submit(Runnable work) {
        submit(Dispatcher.Task.of(work));
    }

    private boolean submit(Dispatcher.Task task) {
        try {
            return dispatcher.submit(task);
        } catch (RejectedExecutionException stopped) {
            LOG.log(Level.DEBUG, () -> "Session " + describe() + ": the container has stopped, a callback is lost");
            sender().connection().abort();
            return true;
        }
    }
}
