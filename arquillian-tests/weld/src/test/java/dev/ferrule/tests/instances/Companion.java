package dev.ferrule.tests.instances;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** A dependent object: lives and dies with its owner. */
@Dependent
public class Companion {
    @Inject
    Census census;

    @PostConstruct
    void born() {
        census.dependentsBorn().incrementAndGet();
    }

    @PreDestroy
    void dead() {
        census.dependentsDead().incrementAndGet();
    }
}
