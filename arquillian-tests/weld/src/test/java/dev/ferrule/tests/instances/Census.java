package dev.ferrule.tests.instances;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts births and deaths. */
@ApplicationScoped
public class Census {
    final AtomicInteger endpointsBorn = new AtomicInteger();
    final AtomicInteger endpointsDead = new AtomicInteger();
    final AtomicInteger dependentsBorn = new AtomicInteger();
    final AtomicInteger dependentsDead = new AtomicInteger();

    AtomicInteger endpointsBorn() {
        return endpointsBorn;
    }

    AtomicInteger endpointsDead() {
        return endpointsDead;
    }

    AtomicInteger dependentsBorn() {
        return dependentsBorn;
    }

    AtomicInteger dependentsDead() {
        return dependentsDead;
    }
}
