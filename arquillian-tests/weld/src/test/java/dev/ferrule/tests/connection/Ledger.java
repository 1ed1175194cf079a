package dev.ferrule.tests.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened, in its order. */
@ApplicationScoped
public class Ledger {
    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();

    int nextId() {
        return ids.incrementAndGet();
    }

    void add(String entry) {
        entries.add(entry);
    }

    List<String> entries() {
        return entries;
    }
}
