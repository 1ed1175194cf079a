package dev.ferrule.tests.connection;

import dev.ferrule.cdi.ConnectionScoped;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** One for each connection, whoever injects it there. */
@ConnectionScoped
public class Draft {
    @Inject
    Ledger ledger;

    private int id;
    private final StringBuilder text = new StringBuilder();

    @PostConstruct
    void born() {
        id = ledger.nextId();
    }

    int id() {
        return id;
    }

    String append(String more) {
        return text.append(more).toString();
    }

    @PreDestroy
    void dead() {
        ledger.add("draft " + id + " ended with '" + text + "'");
    }
}
