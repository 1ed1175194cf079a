package dev.ferrule.container.endpoint;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The callbacks of one endpoint instance for one connection, annotated or programmatic alike. */
public interface EndpointCallbacks {
    /** Whether there is anything to call when the session has opened: if not, it need not be prepared for. */
    default boolean hasOpen() {
        return true;
    }

    /** Whether there is anything to call when the session has ended. */
    default boolean hasClose() {
        return true;
    }

    /** The session opened. */
    void open(Session session, EndpointConfig config) throws Throwable;

    /** The session ended. */
    void close(Session session, CloseReason reason) throws Throwable;

    /**
     * Something failed.
     *
     * @return false when the endpoint has no error method, so that the failure is to be logged (WSC-5.2.2-3)
     */
    boolean error(Session session, Throwable error) throws Throwable;

    /**
     * Calls a message method; programmatic endpoints have none, they add handlers.
     *
     * @return what it returned
     */
    @Nullable
    Object message(MessageMethod method, Session session, Object message, boolean last) throws Throwable;

    /** The callbacks of an annotated class. */
    static EndpointCallbacks annotated(EndpointModel model, Object instance, Map<String, String> pathParameters) {
        return new EndpointCallbacks() {
            @Override
            public boolean hasOpen() {
                return model.open() != null;
            }

            @Override
            public boolean hasClose() {
                return model.close() != null;
            }

            @Override
            public void open(Session session, EndpointConfig config) throws Throwable {
                call(model.open(), Arguments.open(session, config, pathParameters));
            }

            @Override
            public void close(Session session, CloseReason reason) throws Throwable {
                call(model.close(), Arguments.close(session, reason, pathParameters));
            }

            @Override
            public boolean error(Session session, Throwable error) throws Throwable {
                call(model.error(), Arguments.error(session, error, pathParameters));
                return model.error() != null;
            }

            @Override
            public @Nullable Object message(MessageMethod method, Session session, Object message, boolean last)
                    throws Throwable {
                return method.callback().call(instance, Arguments.message(session, message, last, pathParameters));
            }

            private void call(@Nullable CallbackMethod callback, Arguments arguments) throws Throwable {
                if (callback != null) {
                    callback.call(instance, arguments);
                }
            }
        };
    }

    /** The callbacks of a programmatic endpoint; it has an error method when its class overrides the API's empty one. */
    static EndpointCallbacks programmatic(Endpoint endpoint) {
        boolean handlesErrors = overridesOnError(endpoint.getClass());
        return new EndpointCallbacks() {
            @Override
            public void open(Session session, EndpointConfig config) {
                endpoint.onOpen(session, config);
            }

            @Override
            public void close(Session session, CloseReason reason) {
                endpoint.onClose(session, reason);
            }

            @Override
            public boolean error(Session session, Throwable error) {
                endpoint.onError(session, error);
                return handlesErrors;
            }

            @Override
            public @Nullable Object message(MessageMethod method, Session session, Object message, boolean last) {
                throw new IllegalStateException("A programmatic endpoint has no message methods");
            }
        };
    }

    private static boolean overridesOnError(Class<?> type) {
        Class<?> written = type;
        // A proxy's class overrides everything; what counts is the class behind it.
        while (written.isSynthetic() && written.getSuperclass() != null) {
            written = written.getSuperclass();
        }
        try {
            return written.getMethod("onError", Session.class, Throwable.class).getDeclaringClass() != Endpoint.class;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("The API has lost a method", impossible);
        }
    }
}
