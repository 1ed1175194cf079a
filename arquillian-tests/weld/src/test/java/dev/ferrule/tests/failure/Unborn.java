package dev.ferrule.tests.failure;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.server.ServerEndpoint;

/** Cannot be made. */
@ServerEndpoint("/unborn")
public class Unborn {
    @Inject
    Chain.Link first;

    @PostConstruct
    void fail() {
        throw new IllegalStateException("no database");
    }

    /** Nor can this one, for all connections. */
    @ApplicationScoped
    @ServerEndpoint("/unborn-shared")
    public static class Shared {
        @Inject
        Chain.Link link;

        @PostConstruct
        void fail() {
            throw new IllegalStateException("no database either");
        }
    }
}
