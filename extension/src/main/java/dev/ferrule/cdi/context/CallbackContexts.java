package dev.ferrule.cdi.context;

import dev.ferrule.container.spi.CallbackScope;
import jakarta.websocket.Session;

/** The CDI contexts around every call of application code: a request for each callback. */
public final class CallbackContexts implements CallbackScope {
    private final CallbackRequests requests;

    /** Contexts whose requests the CDI container knows. */
    public CallbackContexts(CallbackRequests requests) {
        this.requests = requests;
    }

    @Override
    public Connection begin() {
        return new ConnectionContexts(requests);
    }

    /** The contexts of one connection. */
    private record ConnectionContexts(CallbackRequests requests) implements Connection {
        @Override
        public Activation enter(Callback callback) {
            Runnable end = requests.begin();
            return end::run;
        }

        @Override
        public void opened(Session session) {}

        @Override
        public void end() {}
    }
}
