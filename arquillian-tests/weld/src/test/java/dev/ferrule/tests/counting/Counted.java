package dev.ferrule.tests.counting;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** Reports its birth and its death. */
abstract class Counted {
    @Inject
    Tally tally;

    abstract Class<?> kind();

    @PostConstruct
    void made() {
        tally.made(kind());
    }

    @PreDestroy
    void destroyed() {
        tally.destroyed(kind());
    }
}
