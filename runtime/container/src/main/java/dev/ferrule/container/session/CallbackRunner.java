package dev.ferrule.container.session;

import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.endpoint.EndpointCallbacks;
import dev.ferrule.container.endpoint.MessageMethod;
import dev.ferrule.container.receive.Receiver;
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
 * method or the log (§5.2.2). Whatever the application throws, the thread survives.
 */
final class CallbackRunner implements Receiver {
    private static final Logger LOG = System.getLogger(CallbackRunner.class.getName());

    private final FerruleSession session;
    private final SessionEndpoint endpoint;
    private final ContainerServices services;

    /** Application code, which may throw anything. */
    interface Work {
        void work() throws Throwable;
    }

    CallbackRunner(FerruleSession session, SessionEndpoint endpoint, ContainerServices services) {
        this.session = session;
        this.endpoint = endpoint;
        this.services = services;
    }

    /**
     * Runs a callback; what it throws goes to the error method.
     *
     * @return whether it returned
     */
    boolean run(Callback callback, Work work) {
        Throwable failure = attempt(endpoint.scope(), callback, work);
        if (failure != null) {
            fail(failure);
        }
        return failure == null;
    }

    /** Whether anybody is to be called when the session has opened. */
    boolean hasOpen() {
        return endpoint.callbacks().hasOpen() || services.hooks().events() != EventSink.NONE;
    }

    /**
     * The session has opened.
     *
     * @return whether {@code onOpen} returned, or there is none
     */
    boolean open(EndpointConfig config) {
        endpoint.scope().opened(session);
        EventSink events = services.hooks().events();
        if (events != EventSink.NONE) {
            run(Callback.OTHER, () -> events.connected(session));
        }
        EndpointCallbacks callbacks = endpoint.callbacks();
        return !callbacks.hasOpen() || run(Callback.OPEN, () -> callbacks.open(session, config));
    }

    @Override
    public SessionCoders coders() {
        return endpoint.coders();
    }

    @Override
    public void call(MessageMethod method, Object message, boolean last) throws Throwable {
        Object result = endpoint.callbacks().message(method, session, message, last);
        if (result != null && method.returnType() != null) {
            session.link().sender().sendReturned(result, method.returnType());
        }
    }

    /** The session has ended. */
    void close(CloseReason reason) {
        EndpointCallbacks callbacks = endpoint.callbacks();
        if (callbacks.hasClose()) {
            session.enterClose();
            run(Callback.CLOSE, () -> callbacks.close(session, reason));
        }
        session.closed();
        EventSink events = services.hooks().events();
        if (events != EventSink.NONE) {
            run(Callback.OTHER, () -> events.disconnected(session, reason));
        }
    }

    /** Lets go of the endpoint and its coders, and ends the contexts of the connection, after everything else. */
    void release() {
        quietly("releasing its endpoint", () -> {
            try {
                endpoint.coders().destroy(SessionCoders::log);
            } finally {
                endpoint.release().run();
            }
        });
        Throwable failure = attempt(CallbackScope.Connection.NONE, Callback.OTHER, endpoint.scope()::end);
        if (failure != null) {
            LOG.log(Level.WARNING, "The contexts of session " + session.getId() + " failed to end", failure);
        }
    }

    /** Reports a failure: to the error method, or to the log when there is none, or when it fails itself (WSC-5.2.2-4). */
    void fail(Throwable failure) {
        EventSink events = services.hooks().events();
        if (events != EventSink.NONE) {
            quietly("observing a failure", () -> events.failed(session, failure));
        }
        Throwable again = attempt(endpoint.scope(), Callback.ERROR, () -> {
            if (!endpoint.callbacks().error(session, failure)) {
                unhandled(failure);
            }
        });
        if (again != null) {
            again.addSuppressed(failure);
            LOG.log(Level.WARNING, "The error method of " + endpoint.name() + " failed itself", again);
        }
    }

    private void unhandled(Throwable failure) {
        if (!(failure instanceof DecodeException)) {
            log(failure);
            return;
        }
        services.boundedLog()
                .warn(
                        "Session " + session.getId() + " of " + endpoint.name()
                                + " received what it cannot decode, and has no error method: " + failure.getMessage(),
                        System.nanoTime());
        switch (endpoint.settings().get(Keys.ERROR_STRATEGY)) {
            case CLOSE_1007 -> session.link().close(new CloseReason(CloseReason.CloseCodes.NOT_CONSISTENT, null));
            case CLOSE_1003 -> session.link().close(new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, null));
            case KEEP -> {}
        }
    }

    /** What a peer did wrong is one line, which no flood of peers makes expensive; what the application did has its trace. */
    private void log(Throwable failure) {
        if (failure instanceof IOException && session.link().isOver()) {
            // A send to a peer that has gone: what peers do at any time is no news.
            LOG.log(Level.DEBUG, "Session " + session.getId() + " of " + endpoint.name() + " is over", failure);
        } else if (failure instanceof SessionException) {
            LOG.log(
                    Level.INFO,
                    () -> "Session " + session.getId() + " of " + endpoint.name() + " ended: " + failure.getMessage());
        } else {
            LOG.log(Level.WARNING, "Session " + session.getId() + " of " + endpoint.name() + " failed", failure);
        }
    }

    /** Runs clean-up; what it throws is logged. */
    void quietly(String what, Work work) {
        Throwable failure = attempt(endpoint.scope(), Callback.OTHER, work);
        if (failure != null) {
            LOG.log(
                    Level.WARNING,
                    "Session " + session.getId() + " of " + endpoint.name() + " failed in " + what,
                    failure);
        }
    }

    private @Nullable Throwable attempt(CallbackScope.Connection scope, Callback callback, Work work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(endpoint.loader());
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
