package dev.ferrule.tests.request;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Knows which request it is. */
@RequestScoped
public class Request {
    private final String id = UUID.randomUUID().toString();

    @Inject
    Ended ended;

    String id() {
        return id;
    }

    @PreDestroy
    void end() {
        ended.add(id);
    }
}
