package dev.ferrule.container.session;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.spi.CallbackScope;
import dev.ferrule.container.spi.CallbackScope.Callback;
import dev.ferrule.container.spi.EventSink;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DecodeException;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.SessionException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds every call of application code for a session: class loader, contexts, and the way of what it throws to the error
 * method or the log (§5.2.2). Whatever the application throws, the thread survives. One for all sessions of a container.
 */
final class CallbackRunner {
    private static final Logger LOG = System.getLogger(CallbackRunner.class.getName());

    private final EventSink events;
    private final BoundedLog boundedLog;

    /** Application code, which may throw anything. */
    interface Work {
        void work() throws Throwable;
    }

    /**
     * A runner.
     *
     * @param events who is told of connections and failures
     * @param boundedLog logs what peers cause
     */
    CallbackRunner(EventSink events, BoundedLog boundedLog) {
        this.events = events;
        this.boundedLog = boundedLog;
    }

    /**
     * Runs a callback; what it throws goes to the error method.
     *
     * @return whether it returned
     */
    boolean run(SessionLink link, Callback callback, Work work) {
        Throwable failure = attempt(link, callback, work);
        if (failure != null) {
            fail(link, failure);
        }
        return failure == null;
    }

    /** Whether anybody is to be called when the session has opened. */
    boolean hasOpen(SessionLink link) {
        return link.endpoint().callbacks().hasOpen() || events != EventSink.NONE;
    }

    /**
     * The session has opened.
     *
     * @return whether {@code onOpen} returned, or there is none
     */
    boolean open(SessionLink link, EndpointConfig config) {
        FerruleSession session = link.session();
        if (events != EventSink.NONE) {
            run(link, Callback.OTHER, () -> events.connected(session));
        }
        EndpointCallbacks callbacks = link.endpoint().callbacks();
        return !callbacks.hasOpen() || run(link, Callback.OPEN, () -> callbacks.open(session, config));
    }

    /** The session has ended. */
    void close(SessionLink link, CloseReason reason) {
        FerruleSession session = link.session();
        EndpointCallbacks callbacks = link.endpoint().callbacks();
        if (callbacks.hasClose()) {
            session.enterClose();
            run(link, Callback.CLOSE, () -> callbacks.close(session, reason));
        }
        session.closed();
        if (events != EventSink.NONE) {
            run(link, Callback.OTHER, () -> events.disconnected(session, reason));
        }
    }

    /** Lets go of the endpoint and its coders, and ends the contexts of the connection, after everything else. */
    void release(SessionLink link) {
        SessionEndpoint endpoint = link.endpoint();
        quietly(link, "releasing its endpoint", () -> {
            try {
                endpoint.coders().destroy(SessionCoders::log);
            } finally {
                endpoint.release().run();
            }
        });
        Throwable failure = attempt(link, CallbackScope.Connection.NONE, Callback.OTHER, endpoint.scope()::end);
        if (failure != null) {
            LOG.log(Level.WARNING, "The contexts of session " + link.describe() + " failed to end", failure);
        }
    }

    /** Reports a failure: to the error method, or to the log when there is none, or when it fails itself (WSC-5.2.2-4). */
    void fail(SessionLink link, Throwable failure) {
        FerruleSession session = link.session();
        if (events != EventSink.NONE) {
            quietly(link, "observing a failure", () -> events.failed(session, failure));
        }
        Throwable again = attempt(link, Callback.ERROR, () -> {
            if (!link.endpoint().callbacks().error(session, failure)) {
                unhandled(link, failure);
            }
        });
        if (again != null) {
            again.addSuppressed(failure);
            LOG.log(Level.WARNING, "The error method of " + link.endpoint().name() + " failed itself", again);
        }
    }

    private void unhandled(SessionLink link, Throwable failure) {
        if (!(failure instanceof DecodeException)) {
            log(link, failure);
            return;
        }
        boundedLog.warn(
                "Session " + link.describe() + " received what it cannot decode, and has no error method: "
                        + failure.getMessage(),
                System.nanoTime());
        switch (link.endpoint().settings().get(Keys.ERROR_STRATEGY)) {
            case CLOSE_1007 -> link.close(new CloseReason(CloseReason.CloseCodes.NOT_CONSISTENT, null));
            case CLOSE_1003 -> link.close(new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, null));
            case KEEP -> {}
        }
    }

    /** What a peer did wrong is one line, which no flood of peers makes expensive; what the application did has its trace. */
    private static void log(SessionLink link, Throwable failure) {
        if (failure instanceof IOException && link.isOver()) {
            // A send to a peer that has gone: what peers do at any time is no news.
            LOG.log(Level.DEBUG, "Session " + link.describe() + " is over", failure);
        } else if (failure instanceof SessionException) {
            LOG.log(Level.INFO, () -> "Session " + link.describe() + " ended: " + failure.getMessage());
        } else {
            LOG.log(Level.WARNING, "Session " + link.describe() + " failed", failure);
        }
    }

    /** Runs clean-up; what it throws is logged. */
    void quietly(SessionLink link, String what, Work work) {
        Throwable failure = attempt(link, Callback.OTHER, work);
        if (failure != null) {
            LOG.log(Level.WARNING, "Session " + link.describe() + " failed in " + what, failure);
        }
    }

    private static @Nullable Throwable attempt(SessionLink link, Callback callback, Work work) {
        return attempt(link, link.endpoint().scope(), callback, work);
    }

    private static @Nullable Throwable attempt(
            SessionLink link, CallbackScope.Connection scope, Callback callback, Work work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(link.endpoint().loader());
        try (CallbackScope.Activation active = scope.enter(callback)) {
            work.work();
            return null;
        } catch (Throwable failure) {
            return failure;
        } finally {
            thread.setContextClassLoader(before);
            // An interrupt meant for one callback must not reach the next one on this thread.
            Thread.interrupted();
        }
    }
}
