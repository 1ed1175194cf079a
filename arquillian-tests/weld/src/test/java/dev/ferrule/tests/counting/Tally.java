package dev.ferrule.tests.counting;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many of what were made and destroyed. */
@ApplicationScoped
public class Tally {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void made(Class<?> type) {
        count(type.getSimpleName() + " made");
    }

    void destroyed(Class<?> type) {
        count(type.getSimpleName() + " destroyed");
    }

    private void count(String what) {
        counts.computeIfAbsent(what, first -> new LongAdder()).increment();
    }

    Map<String, Long> counts() {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((what, count) -> now.put(what, count.sum()));
        return now;
    }
}
