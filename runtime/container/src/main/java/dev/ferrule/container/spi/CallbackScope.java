package dev.ferrule.container.spi;

import jakarta.websocket.Session;

/**
 * What surrounds application code: the contexts of a dependency-injection container. The container opens a
 * {@link Connection} before the first call that belongs to a connection ({@code checkOrigin}), enters it around every call,
 * and ends it after the last ({@code onClose} and the coders' {@code destroy}), also when the handshake was refused.
 */
public interface CallbackScope {
    /** Surrounds nothing. */
    CallbackScope NONE = handshake -> Connection.NONE;

    /** Which application code is about to run. */
    enum Callback {
        /** All configurator calls of one handshake and the creation of the endpoint. */
        HANDSHAKE,
        /** {@code onOpen}. */
        OPEN,
        /** One incoming message: decoding, the callback, the encoding of what it returns. */
        MESSAGE,
        /** {@code onClose}. */
        CLOSE,
        /** {@code onError}. */
        ERROR,
        /** Anything else on behalf of the connection: encoders of a send, {@code init} and {@code destroy} of coders. */
        OTHER
    }

    /** A connection begins, with its opening handshake. Never throws. */
    Connection begin(OpeningHandshake handshake);

    /**
     * The contexts of one connection. Callbacks come one after the other, on changing threads; {@link Callback#OTHER} may be
     * entered beside them.
     */
    interface Connection {
        /** Without contexts. */
        Connection NONE = new Connection() {
            @Override
            public Activation enter(Callback callback) {
                return () -> {};
            }

            @Override
            public void opened(Session session) {}

            @Override
            public void end() {}
        };

        /** Makes the contexts active on this thread until the activation is closed on the same thread. */
        Activation enter(Callback callback);

        /** The session exists now; called before {@code onOpen}. */
        void opened(Session session);

        /**
         * The connection has lasted for about a second, and may last for long: what it keeps may become smaller. Called at most
         * once, on a thread of the container's own beside the callbacks; must neither block nor throw.
         */
        default void lasts() {}

        /** The connection is over: what lives as long as it does is destroyed. Called once, with no activation open. */
        void end();
    }

    /** The contexts active on a thread, until closed. */
    interface Activation extends AutoCloseable {
        @Override
        void close();
    }
}
