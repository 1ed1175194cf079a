package dev.ferrule.tests.interception;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The intercepted calls. */
@ApplicationScoped
public class Trace {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    void add(String call) {
        calls.add(call);
    }

    List<String> calls() {
        return calls;
    }
}
