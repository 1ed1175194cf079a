package dev.ferrule.tests.events;

import dev.ferrule.cdi.event.Connected;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Watches all connections: those of every endpoint, and those of clients. */
@ApplicationScoped
public class Usher {
    @Inject
    Story story;

    void connected(@Observes Connected event) {
        if (event.session().getRequestURI().getPath().equals("/elsewhere")) {
            story.add("somebody elsewhere");
        }
    }
}
