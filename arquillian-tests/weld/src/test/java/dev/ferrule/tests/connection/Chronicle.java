package dev.ferrule.tests.connection;

import dev.ferrule.cdi.ConnectionScoped;
import dev.ferrule.container.spi.OpeningHandshake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Beginning and end of connections, as CDI tells of contexts. */
@ApplicationScoped
public class Chronicle {
    @Inject
    Ledger ledger;

    @Inject
    Draft draft;

    void begun(@Observes @Initialized(ConnectionScoped.class) OpeningHandshake handshake) {
        if (handshake.request() != null) {
            ledger.add("begun " + handshake.endpointClass().getSimpleName() + " " + draft.append("begun"));
            throw new IllegalStateException("what an observer of a context throws is logged");
        }
    }

    void ending(@Observes @BeforeDestroyed(ConnectionScoped.class) OpeningHandshake handshake) {
        if (handshake.request() != null) {
            ledger.add("ending " + draft.append(", ending"));
        }
    }

    void ended(@Observes @Destroyed(ConnectionScoped.class) OpeningHandshake handshake) {
        if (handshake.request() != null) {
            ledger.add("ended " + handshake.request().getRequestURI().getPath());
        }
    }
}
