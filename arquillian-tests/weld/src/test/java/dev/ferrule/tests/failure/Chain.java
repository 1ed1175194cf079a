package dev.ferrule.tests.failure;

import dev.ferrule.cdi.ConnectionScoped;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything that this endpoint has fails when it is destroyed. */
@ServerEndpoint("/chain")
public class Chain {
    @Inject
    Link first;

    @Inject
    Link second;

    @Inject
    Anchor anchor;

    @Inject
    OtherAnchor other;

    @OnMessage
    String on(String message) {
        anchor.hold();
        other.hold();
        return message;
    }

    @PreDestroy
    void dead() {
        throw new IllegalStateException("the endpoint cannot die");
    }

    /** Counts births and deaths. */
    @ApplicationScoped
    public static class Count {
        private final AtomicInteger alive = new AtomicInteger();

        AtomicInteger alive() {
            return alive;
        }
    }

    /** A dependent. */
    @Dependent
    public static class Link {
        @Inject
        Count count;

        @PostConstruct
        void born() {
            count.alive().incrementAndGet();
        }

        @PreDestroy
        void dead() {
            count.alive().decrementAndGet();
            throw new IllegalStateException("a link cannot die");
        }
    }

    /** A bean of the connection, with a dependent. */
    @ConnectionScoped
    public static class Anchor {
        @Inject
        Link link;

        void hold() {}

        @PreDestroy
        void dead() {
            throw new IllegalStateException("an anchor cannot die");
        }
    }

    /** Another one. */
    @ConnectionScoped
    public static class OtherAnchor {
        @Inject
        Link link;

        void hold() {}

        @PreDestroy
        void dead() {
            throw new IllegalStateException("another anchor cannot die");
        }
    }
}
